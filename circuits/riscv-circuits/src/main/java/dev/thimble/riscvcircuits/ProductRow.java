package dev.thimble.riscvcircuits;

import dev.thimble.air.Trace;
import dev.thimble.field.KoalaBear;

/** The cells of bytes and products of one row: see {@link BytePart} and {@link ProductPart}. */
final class ProductRow {
    private static final int LIMB = 1 << 16;

    private final LookupTable.Counter counter;
    private final int[][] x;
    private final int[][] y;
    private final int[][] and;
    private final int[][] columns;
    private int xWord;
    private int yWord;
    private int remainder;

    ProductRow(MainVmColumns c, Trace trace, LookupTable.Counter counter) {
        this.counter = counter;
        this.x = MainVmRows.columns(trace, c.bytes.x());
        this.y = MainVmRows.columns(trace, c.bytes.y());
        this.and = MainVmRows.columns(trace, c.bytes.and());
        MainVmColumns.Product p = c.product;
        this.columns = MainVmRows.columns(
                trace,
                p.remainder().low(),
                p.remainder().high(),
                p.carries().get(0),
                p.carries().get(1),
                p.carries().get(2),
                p.topCarry(),
                p.shift(),
                p.negateY(),
                p.negateQuotient(),
                p.negateRemainder());
    }

    int remainder() {
        return remainder;
    }

    /** The word in the y bytes. */
    int divisor() {
        return yWord;
    }

    /** Writes bytes and remainder; returns the result where this part computes it. */
    int instruction(int row, InstructionCode code, int a, int b, int second, int half) {
        xWord = 0;
        yWord = 0;
        remainder = 0;
        int result = compute(row, code, a, b, second, half);
        writeBytes(row);
        writeRemainder(row);
        return result;
    }

    private int compute(int row, InstructionCode code, int a, int b, int second, int half) {
        return switch (code.kind()) {
            case AND -> operands(a, second) & second;
            case OR -> operands(a, second) | second;
            case XOR -> operands(a, second) ^ second;
            case MUL -> operands(a, second) * second;
            case MULH -> high(code, operands(a, second), second);
            case SLL -> operands(a, shift(row, second)) << (second & 31);
            case SRL -> shiftRight(code, a, shift(row, second));
            case DIV, REM -> divide(row, code, a, second);
            case LB -> operands(half, 0);
            case SB -> operands(half, b);
            case SH, SW -> operands(0, b);
            default -> 0;
        };
    }

    private int operands(int newX, int newY) {
        xWord = newX;
        yWord = newY;
        return newX;
    }

    private int shift(int row, int amount) {
        columns[6][row] = amount & 0xFF;
        counter.power(amount & 0xFF);
        counter.range(8, (amount & 0xFFFF) >>> 8);
        return 1 << (amount & 31);
    }

    private int high(InstructionCode code, int a, int b) {
        remainder = a * b;
        long left = code.signedA() ? a : Integer.toUnsignedLong(a);
        long right = code.signedY() ? b : Integer.toUnsignedLong(b);
        return (int) ((left * right) >> 32);
    }

    private int shiftRight(InstructionCode code, int a, int power) {
        int inverted = code.signedA() && a < 0 ? ~a : a;
        operands(Integer.divideUnsigned(inverted, power), power);
        remainder = Integer.remainderUnsigned(inverted, power);
        return inverted == a ? xWord : ~xWord;
    }

    private int divide(int row, InstructionCode code, int a, int divisor) {
        boolean negativeA = code.signedA() && a < 0;
        boolean negativeY = code.signedY() && divisor < 0;
        boolean negateQuotient = code.kind() == Kind.DIV && negativeA != negativeY;
        boolean negateRemainder = code.kind() == Kind.REM && negativeA;
        columns[7][row] = negativeY ? 1 : 0;
        columns[8][row] = negateQuotient ? 1 : 0;
        columns[9][row] = negateRemainder ? 1 : 0;
        int dividend = negativeA ? -a : a;
        if (divisor == 0) {
            remainder = dividend;
            operands(code.kind() == Kind.DIV ? (negateQuotient ? 1 : -1) : 0, 0);
        } else {
            int positive = negativeY ? -divisor : divisor;
            remainder = Integer.remainderUnsigned(dividend, positive);
            operands(Integer.divideUnsigned(dividend, positive), positive);
        }
        int result = code.kind() == Kind.DIV ? xWord : remainder;
        return negateQuotient || negateRemainder ? -result : result;
    }

    /** Writes the carries of the limb equations; all are exact for an honest row. */
    void carries(int row, InstructionCode code, int a, int second, int result, int signA, int signY) {
        if (Kind.MULTIPLIES.contains(code.kind())) {
            boolean quotient = Kind.HAS_QUOTIENT.contains(code.kind());
            int lowTarget = target(code.kind(), a & 0xFFFF, result & 0xFFFF, remainder & 0xFFFF, signA, false);
            int highTarget = target(code.kind(), a >>> 16, result >>> 16, remainder >>> 16, signA, true);
            int first = (limb(0) + (quotient ? remainder & 0xFFFF : 0) - lowTarget) >> 16;
            int next = (limb(1) + first + (quotient ? remainder >>> 16 : 0) - highTarget) >> 16;
            columns[2][row] = carry(first);
            columns[3][row] = carry(next);
            if (code.kind() == Kind.MULH) {
                int low = limb(2) + next - signA * (second & 0xFFFF) - signY * (a & 0xFFFF);
                int third = (low - (result & 0xFFFF)) >> 16;
                int high = limb(3) + third - signA * (second >>> 16) - signY * (a >>> 16);
                int top = (high - (result >>> 16)) >> 16;
                columns[4][row] = carry(third + 2);
                columns[5][row] = Math.floorMod(top, KoalaBear.P);
            }
        }
        counter.range(11, columns[2][row]);
        counter.range(11, columns[3][row]);
        counter.range(11, columns[4][row]);
    }

    /** A carry that is not a small number comes from a row that lies; it fails its range check. */
    private static int carry(int value) {
        return Math.floorMod(value, KoalaBear.P);
    }

    private static int target(Kind kind, int a, int result, int free, int signA, boolean high) {
        return switch (kind) {
            case MUL, SLL -> result;
            case MULH -> free;
            case SRL -> signA == 1 ? LIMB - 1 - a : a;
            default -> signA == 1 ? (high ? LIMB - a : -a) : a;
        };
    }

    /** Limb k of the product of bytes, without carries. */
    private int limb(int k) {
        return convolution(2 * k) + (convolution(2 * k + 1) << 8);
    }

    private int convolution(int k) {
        int sum = 0;
        for (int i = Math.max(0, k - 3); i <= Math.min(3, k); i++) {
            sum += byteOf(xWord, i) * byteOf(yWord, k - i);
        }
        return sum;
    }

    private static int byteOf(int word, int i) {
        return (word >>> (8 * i)) & 0xFF;
    }

    /** A transfer row: the remainder holds the transferred word, whose limbs are range checked there. */
    void transfer(int row, int word) {
        remainder = word;
        writeRemainder(row);
        idleBytes();
        idleCarries();
    }

    /** The look-ups of a row without an instruction. */
    void idle() {
        idleBytes();
        counter.range(16, 0);
        counter.range(16, 0);
        idleCarries();
    }

    private void idleBytes() {
        for (int i = 0; i < 4; i++) {
            counter.and(0, 0);
        }
    }

    private void idleCarries() {
        for (int i = 0; i < 3; i++) {
            counter.range(11, 0);
        }
    }

    private void writeBytes(int row) {
        for (int i = 0; i < 4; i++) {
            int left = byteOf(xWord, i);
            int right = byteOf(yWord, i);
            x[i][row] = left;
            y[i][row] = right;
            and[i][row] = left & right;
            counter.and(left, right);
        }
    }

    private void writeRemainder(int row) {
        columns[0][row] = remainder & 0xFFFF;
        columns[1][row] = remainder >>> 16;
        counter.range(16, remainder & 0xFFFF);
        counter.range(16, remainder >>> 16);
    }
}
