package dev.thimble.riscv;

import java.util.Arrays;

/**
 * One record per address that a segment touches, strictly ascending by (space, address): its value at the start and the
 * timestamp of that value, its value at the end. A timestamp is the number of a segment plus 1, or 0 for the initial
 * value; all records leave the segment with timestamp segment + 1. Immutable.
 */
public final class BoundaryRecords {
    private final int[] space;
    private final int[] address;
    private final int[] valueIn;
    private final int[] timestampIn;
    private final int[] valueOut;

    private BoundaryRecords(Builder builder) {
        this.space = Arrays.copyOf(builder.space, builder.size);
        this.address = Arrays.copyOf(builder.address, builder.size);
        this.valueIn = Arrays.copyOf(builder.valueIn, builder.size);
        this.timestampIn = Arrays.copyOf(builder.timestampIn, builder.size);
        this.valueOut = Arrays.copyOf(builder.valueOut, builder.size);
    }

    /** Returns the number of records. */
    public int size() {
        return space.length;
    }

    /** Returns {@link MemoryMap#SPACE_REGISTER} or {@link MemoryMap#SPACE_MEMORY}. */
    public int space(int index) {
        return space[index];
    }

    /** Returns the register number or the word address (byte address / 4). */
    public int address(int index) {
        return address[index];
    }

    /** Returns the value at the start of the segment. */
    public int valueIn(int index) {
        return valueIn[index];
    }

    /** Returns 1 + the segment that touched the address last, 0 if none did. */
    public int timestampIn(int index) {
        return timestampIn[index];
    }

    /** Returns the value at the end of the segment. */
    public int valueOut(int index) {
        return valueOut[index];
    }

    /** Collects records in ascending order. */
    static final class Builder {
        private int size;
        private int[] space;
        private int[] address;
        private int[] valueIn;
        private int[] timestampIn;
        private int[] valueOut;

        Builder(int capacity) {
            space = new int[capacity];
            address = new int[capacity];
            valueIn = new int[capacity];
            timestampIn = new int[capacity];
            valueOut = new int[capacity];
        }

        /** Adds a record; the capacity must suffice and the order must ascend. */
        void add(int newSpace, int newAddress, int in, int timestamp, int out) {
            if (size > 0 && !ascends(space[size - 1], address[size - 1], newSpace, newAddress)) {
                throw new IllegalArgumentException(
                        "record of address " + newAddress + " in space " + newSpace + " is out of order");
            }
            space[size] = newSpace;
            address[size] = newAddress;
            valueIn[size] = in;
            timestampIn[size] = timestamp;
            valueOut[size] = out;
            size++;
        }

        private static boolean ascends(int space, int address, int nextSpace, int nextAddress) {
            return nextSpace > space || (nextSpace == space && nextAddress > address);
        }

        BoundaryRecords build() {
            return new BoundaryRecords(this);
        }
    }
}
