package dev.thimble.riscvcircuits;

import dev.thimble.riscv.BoundaryRecords;
import dev.thimble.riscv.MemoryMap;
import java.util.Arrays;

/** Finds the boundary record of a memory word: a hash table with linear probing, fixed after construction. */
final class AddressIndex {
    private static final int SPREAD = 0x9E3779B9;

    private final int[] addresses;
    private final int[] positions;
    private final int shift;

    AddressIndex(BoundaryRecords records) {
        int logSize = 34 - Integer.numberOfLeadingZeros(Math.max(1, records.size()));
        this.addresses = new int[1 << logSize];
        this.positions = new int[1 << logSize];
        this.shift = 32 - logSize;
        Arrays.fill(positions, -1);
        for (int i = 0; i < records.size(); i++) {
            if (records.space(i) == MemoryMap.SPACE_MEMORY) {
                int slot = slot(records.address(i));
                addresses[slot] = records.address(i);
                positions[slot] = i;
            }
        }
    }

    /** The record's position, or −1. */
    int find(int address) {
        return positions[slot(address)];
    }

    private int slot(int address) {
        int slot = (address * SPREAD) >>> shift;
        while (positions[slot] >= 0 && addresses[slot] != address) {
            slot = (slot + 1) & (addresses.length - 1);
        }
        return slot;
    }
}
