package dev.thimble.riscvcircuits;

import dev.thimble.air.Column;
import dev.thimble.air.Constraints;
import dev.thimble.air.Term;
import dev.thimble.air.Trace;
import dev.thimble.riscv.Syscall;
import dev.thimble.riscv.SyscallTable;
import dev.thimble.riscv.Transfer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The fixed lookup table of a circuit: entries (kind, x, y, z) in preprocessed columns, looked up over
 * {@link Buses#TABLE}. A table longer than the trace stands in several column groups side by side.
 *
 * <p>Kinds 0 to 16 are ranges: (bits, x, 0, 0) for 0 ≤ x &lt; 2^bits, so that a number of bits can be an expression. The
 * entry (0, 0, 0, 0) also fills the rest of the last group: it is the range of 0 bits.
 */
final class LookupTable {
    /** (17, x, y, x AND y) for bytes x, y. */
    static final int AND = 17;
    /** (18, x, low limb, high limb) of 2^(x mod 32) for a byte x. */
    static final int POWER = 18;
    /** (19, operation, index, last + 2·read) for every word transfer of a system call. */
    static final int TRANSFER = 19;
    /** (20, operation, high limb of the number, 1 iff it reads words first) for every precompile. */
    static final int CALL = 20;

    private record Entry(int kind, int x, int y, int z) {}

    private final int height;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<Integer, Integer> offsets = new TreeMap<>();
    private final Map<Integer, Integer> callOffsets = new TreeMap<>();
    private final Map<Integer, Integer> transferOffsets = new TreeMap<>();

    /** The columns of one group. */
    private record Group(Column kind, Column x, Column y, Column z, Column multiplicity) {}

    private final List<Group> groups = new ArrayList<>();

    LookupTable(int logHeight) {
        this.height = 1 << logHeight;
    }

    /** Adds the range of a number of bits. */
    LookupTable withRange(int bits) {
        offsets.put(bits, entries.size());
        for (int x = 0; x < 1 << bits; x++) {
            entries.add(new Entry(bits, x, 0, 0));
        }
        return this;
    }

    /** Adds all ranges from 0 to 16 bits. */
    LookupTable withAllRanges() {
        for (int bits = 0; bits <= 16; bits++) {
            withRange(bits);
        }
        return this;
    }

    LookupTable withAnd() {
        offsets.put(AND, entries.size());
        for (int x = 0; x < 256; x++) {
            for (int y = 0; y < 256; y++) {
                entries.add(new Entry(AND, x, y, x & y));
            }
        }
        return this;
    }

    LookupTable withPowers() {
        offsets.put(POWER, entries.size());
        for (int x = 0; x < 256; x++) {
            int power = 1 << (x & 31);
            entries.add(new Entry(POWER, x, power & 0xFFFF, power >>> 16));
        }
        return this;
    }

    /** Adds the transfers of all system calls, and the precompiles among the calls. */
    LookupTable withCalls(SyscallTable calls) {
        for (Syscall call : calls.entries()) {
            int operation = call.number() & 0xFFFF;
            if (call.isPrecompile()) {
                callOffsets.put(call.number(), entries.size());
                entries.add(new Entry(CALL, operation, call.number() >>> 16, call.readsFirst() ? 1 : 0));
            }
            transferOffsets.put(call.number(), entries.size());
            int last = call.transfers().size() - 1;
            for (int index = 0; index <= last; index++) {
                int read = call.transfers().get(index).direction() == Transfer.Direction.READ ? 2 : 0;
                entries.add(new Entry(TRANSFER, operation, index, read + (index == last ? 1 : 0)));
            }
        }
        return this;
    }

    /** Declares the table's columns and gives its entries, as often as the multiplicity columns say. */
    void define(Constraints cs) {
        int count = (entries.size() + height - 1) / height;
        for (int g = 0; g < count; g++) {
            Group group = new Group(
                    cs.preprocessed("table" + g + ".kind"),
                    cs.preprocessed("table" + g + ".x"),
                    cs.preprocessed("table" + g + ".y"),
                    cs.preprocessed("table" + g + ".z"),
                    cs.main("table" + g + ".multiplicity"));
            groups.add(group);
            cs.give(
                    "table group " + g + " gives its entries",
                    Buses.TABLE,
                    group.multiplicity,
                    group.kind,
                    group.x,
                    group.y,
                    group.z);
        }
    }

    /** Takes the entry (bits, value, 0, 0): constrains 0 ≤ value &lt; 2^bits where the flag is 1. */
    static void range(Constraints cs, String name, Term flag, Term bits, Term value) {
        Term zero = cs.constant(0);
        cs.take(name, Buses.TABLE, flag, bits, value, zero, zero);
    }

    /** As {@link #range(Constraints, String, Term, Term, Term)} on every row and with a constant number of bits. */
    static void range(Constraints cs, String name, int bits, Term value) {
        range(cs, name, cs.constant(1), cs.constant(bits), value);
    }

    /** Writes the entries into the preprocessed columns; canonical values. */
    void fillPreprocessed(Trace trace) {
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            Group group = groups.get(i / height);
            int row = i % height;
            trace.column(group.kind)[row] = entry.kind;
            trace.column(group.x)[row] = entry.x;
            trace.column(group.y)[row] = entry.y;
            trace.column(group.z)[row] = entry.z;
        }
    }

    /** A counter of look-ups for one trace. */
    Counter counter() {
        return new Counter(entries.size());
    }

    /** Counts look-ups and writes them as multiplicities. */
    final class Counter {
        private final int[] counts;
        private final int[] rangeOffset = new int[17];
        private final int andOffset = offsets.getOrDefault(AND, 0);
        private final int powerOffset = offsets.getOrDefault(POWER, 0);

        private Counter(int size) {
            counts = new int[size];
            for (int bits = 0; bits <= 16; bits++) {
                rangeOffset[bits] = offsets.getOrDefault(bits, 0);
            }
        }

        /**
         * Counts one look-up of a value in a range. A value outside it is not in the table: it is not counted, and the
         * trace will not balance.
         */
        void range(int bits, int value) {
            if (value >>> bits == 0) {
                counts[rangeOffset[bits] + value]++;
            }
        }

        void and(int x, int y) {
            counts[andOffset + (x << 8) + y]++;
        }

        void power(int x) {
            counts[powerOffset + x]++;
        }

        /** Counts one look-up of a precompile that is in the table. */
        void call(int number) {
            counts[callOffsets.getOrDefault(number, 0)]++;
        }

        /** Counts one look-up of a transfer that is in the table. */
        void transfer(int number, int index) {
            counts[transferOffsets.getOrDefault(number, 0) + index]++;
        }

        /** Writes the multiplicity columns; canonical values. */
        void fill(Trace trace) {
            for (int g = 0; g < groups.size(); g++) {
                int[] column = trace.column(groups.get(g).multiplicity);
                int from = g * height;
                System.arraycopy(counts, from, column, 0, Math.min(height, counts.length - from));
            }
        }
    }
}
