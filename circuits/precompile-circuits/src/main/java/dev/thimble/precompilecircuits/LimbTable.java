package dev.thimble.precompilecircuits;

import dev.thimble.air.Bus;
import dev.thimble.air.Column;
import dev.thimble.air.Constraints;
import dev.thimble.air.Term;
import dev.thimble.field.KoalaBear;
import java.util.ArrayList;
import java.util.List;

/**
 * The fixed lookup table of a circuit: entries (0, x, y) for all bytes x, y and (bits, x, 0) for 0 ≤ x &lt; 2^bits, in
 * preprocessed columns. A table longer than the trace stands in several column groups side by side; the entry (0, 0, 0)
 * fills the rest of the last group.
 */
final class LimbTable {
    /** (kind, x, y): an entry of the table. */
    static final Bus TABLE = Bus.local("LIMBS", 21, 3);

    private static final int PAIRS = 0;
    private static final int PAIR_COUNT = 1 << 16;
    static final int INVERSE_OF_2_8 = KoalaBear.toCanonical(KoalaBear.inverse(KoalaBear.fromCanonical(1 << 8)));

    private record Group(Column kind, Column x, Column y, Column multiplicity) {}

    private final int height;
    private final int[] ranges;
    private final List<Group> groups = new ArrayList<>();

    /** All pairs of bytes and the ranges of some numbers of bits. */
    LimbTable(int logHeight, int... ranges) {
        this.height = 1 << logHeight;
        this.ranges = ranges.clone();
    }

    private int size() {
        int size = PAIR_COUNT;
        for (int bits : ranges) {
            size += 1 << bits;
        }
        return size;
    }

    private int offset(int bits) {
        int offset = PAIR_COUNT;
        for (int range : ranges) {
            if (range == bits) {
                return offset;
            }
            offset += 1 << range;
        }
        throw new IllegalArgumentException("the table has no range of " + bits + " bits");
    }

    /** Where an entry stands, −1 if there is none such. */
    int position(int kind, int x, int y) {
        if (kind == PAIRS && x >>> 8 == 0 && y >>> 8 == 0) {
            return x + (y << 8);
        }
        for (int bits : ranges) {
            if (kind == bits && x >>> bits == 0 && y == 0) {
                return offset(bits) + x;
            }
        }
        return -1;
    }

    /** Declares the table's columns and gives its entries, as often as the multiplicity columns say. */
    void define(Constraints cs) {
        for (int g = 0; g < Math.ceilDiv(size(), height); g++) {
            Group group = new Group(
                    cs.preprocessed("table" + g + ".kind"),
                    cs.preprocessed("table" + g + ".x"),
                    cs.preprocessed("table" + g + ".y"),
                    cs.main("table" + g + ".multiplicity"));
            groups.add(group);
            cs.give("table group " + g + " gives its entries", TABLE, group.multiplicity, group.kind, group.x, group.y);
        }
    }

    /** Constrains 0 ≤ low, high &lt; 2^8 on every row. */
    static void bytes(Constraints cs, String name, Term low, Term high) {
        cs.take(name, TABLE, cs.constant(1), cs.constant(PAIRS), low, high);
    }

    /** Constrains 0 ≤ value &lt; 2^bits on every row. */
    static void range(Constraints cs, String name, int bits, Term value) {
        cs.take(name, TABLE, cs.constant(1), cs.constant(bits), value, cs.constant(0));
    }

    /** Writes the entries into preprocessed columns; canonical values. */
    void fillPreprocessed(int[][] preprocessed) {
        for (int at = 0; at < PAIR_COUNT; at++) {
            put(preprocessed, at, PAIRS, at & 0xFF, at >>> 8);
        }
        for (int bits : ranges) {
            for (int x = 0; x < 1 << bits; x++) {
                put(preprocessed, offset(bits) + x, bits, x, 0);
            }
        }
    }

    private void put(int[][] preprocessed, int at, int kind, int x, int y) {
        Group group = groups.get(at / height);
        int row = at % height;
        preprocessed[group.kind.index()][row] = kind;
        preprocessed[group.x.index()][row] = x;
        preprocessed[group.y.index()][row] = y;
    }

    /** A counter of look-ups for one trace. */
    Counter counter() {
        return new Counter();
    }

    /**
     * Counts look-ups and writes them as multiplicities. A value that is not in the table is not counted, and the trace will
     * not balance.
     */
    final class Counter {
        private final int[] counts = new int[size()];

        void bytes(int low, int high) {
            count(position(PAIRS, low, high));
        }

        void range(int bits, int value) {
            count(position(bits, value, 0));
        }

        private void count(int at) {
            if (at >= 0) {
                counts[at]++;
            }
        }

        /** Writes the multiplicity columns; canonical values. */
        void fill(int[][] main) {
            for (int g = 0; g < groups.size(); g++) {
                int[] column = main[groups.get(g).multiplicity.index()];
                int from = g * height;
                System.arraycopy(counts, from, column, 0, Math.min(height, counts.length - from));
            }
        }
    }
}
