package dev.thimble.riscvcircuits;

import dev.thimble.air.Trace;
import dev.thimble.field.KoalaBear;

/** The adder's cells of one row: see {@link AdderPart}. */
final class AdderRow {
    private static final int INVERSES = 1 << 17;

    private final LookupTable.Counter counter;
    private final int[][] columns;
    private int signA;
    private int signY;

    AdderRow(MainVmColumns c, Trace trace, LookupTable.Counter counter) {
        this.counter = counter;
        MainVmColumns.Adder a = c.adder;
        this.columns = MainVmRows.columns(
                trace,
                a.sum().low(),
                a.sum().high(),
                a.carryLow(),
                a.carryHigh(),
                a.signA(),
                a.signY(),
                a.zero(),
                a.inverse());
    }

    int signA() {
        return signA;
    }

    int signY() {
        return signY;
    }

    /** 1 iff a &lt; y on a row that compares. */
    int less(int row) {
        return columns[3][row] + signA - signY;
    }

    /** Writes the row; returns the sum. */
    int instruction(
            int row, InstructionCode code, int a, int y, boolean transferring, int signWord, ProductRow product) {
        Kind kind = code.kind();
        int sum = sum(row, kind, a, y, product);
        boolean address = Kind.LOADS_AND_STORES.contains(kind) || kind == Kind.JALR || transferring;
        writeSum(row, sum, address, Kind.STORES.contains(kind) || transferring);
        writeSigns(row, code, signWord, y);
        writeZero(row, kind, sum, y);
        return sum;
    }

    private int sum(int row, Kind kind, int a, int y, ProductRow product) {
        int left = Kind.HAS_QUOTIENT.contains(kind) ? product.remainder() : a;
        int right = Kind.HAS_QUOTIENT.contains(kind) ? product.divisor() : y;
        if (Kind.SUBTRACTS.contains(kind) || Kind.HAS_QUOTIENT.contains(kind)) {
            columns[2][row] = (left & 0xFFFF) < (right & 0xFFFF) ? 1 : 0;
            columns[3][row] = Integer.compareUnsigned(left, right) < 0 ? 1 : 0;
            return left - right;
        }
        if (Kind.ADDS.contains(kind)) {
            int sum = left + right;
            columns[2][row] = ((left & 0xFFFF) + (right & 0xFFFF)) >>> 16;
            columns[3][row] = Integer.compareUnsigned(sum, left) < 0 ? 1 : 0;
            return sum;
        }
        return 0;
    }

    private void writeSum(int row, int sum, boolean address, boolean write) {
        columns[0][row] = sum & 0xFFFF;
        columns[1][row] = sum >>> 16;
        counter.range(16, sum & 0xFFFF);
        counter.range(16 - (address ? 2 : 0) - (write ? 1 : 0), sum >>> 16);
    }

    private void writeSigns(int row, InstructionCode code, int signWord, int y) {
        signA = code.signedA() ? (signWord >>> 15) & 1 : 0;
        signY = code.signedY() ? y >>> 31 : 0;
        columns[4][row] = signA;
        columns[5][row] = signY;
        counter.range(code.signedA() ? 15 : 16, signWord - (signA << 15));
        counter.range(code.signedY() ? 15 : 16, (y >>> 16) - (signY << 15));
    }

    private void writeZero(int row, Kind kind, int sum, int y) {
        boolean compares = kind == Kind.BEQ || kind == Kind.BNE;
        boolean divides = kind == Kind.DIV || kind == Kind.REM;
        if (compares || divides) {
            int word = compares ? sum : y;
            int tested = (word & 0xFFFF) + (word >>> 16);
            columns[6][row] = tested == 0 ? 1 : 0;
            columns[7][row] = SmallInverses.of(tested);
        }
    }

    /** A transfer row: the adder's sum is the byte address. */
    void transfer(int row, int address, boolean read) {
        writeSum(row, address, true, !read);
        counter.range(16, 0);
        counter.range(16, 0);
    }

    /** The look-ups of a row without an instruction. */
    void idle() {
        for (int i = 0; i < 4; i++) {
            counter.range(16, 0);
        }
    }

    /** Inverses modulo p of the values that a zero test can see. */
    private static final class SmallInverses {
        private static final int[] TABLE = table();

        static int of(int value) {
            return TABLE[value];
        }

        /** i⁻¹ = −⌊p/i⌋·(p mod i)⁻¹. */
        private static int[] table() {
            long p = KoalaBear.P;
            int[] table = new int[INVERSES];
            table[1] = 1;
            for (int i = 2; i < INVERSES; i++) {
                table[i] = (int) ((p - p / i) * table[(int) (p % i)] % p);
            }
            return table;
        }
    }
}
