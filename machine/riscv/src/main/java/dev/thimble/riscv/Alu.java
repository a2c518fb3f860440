package dev.thimble.riscv;

/**
 * The arithmetic of RV32IM and of its 64-bit twin as functions of two registers. Operands and results are sign-extended
 * to 64 bits. Source: RISC-V unprivileged specification 20240411, sections 2.4 and 12.
 */
public final class Alu {
    private Alu() {}

    /**
     * Returns base(a, b) modulo 2^width, sign-extended. Division by zero gives −1 (quotient) and a (remainder);
     * −2^(width−1) / −1 gives −2^(width−1) and remainder 0.
     *
     * @throws IllegalArgumentException if the operation is not one of the ALU's
     */
    public static long compute(WordWidth width, Operation operation, long a, long b) {
        int shift = (int) b & (width.bits() - 1);
        long result = switch (operation.base()) {
            case ADD -> a + b;
            case SUB -> a - b;
            case SLL -> a << shift;
            case SLT -> a < b ? 1 : 0;
            case SLTU -> Long.compareUnsigned(a, b) < 0 ? 1 : 0;
            case XOR -> a ^ b;
            case SRL -> width.zeroExtend(a) >>> shift;
            case SRA -> a >> shift;
            case OR -> a | b;
            case AND -> a & b;
            case MUL -> a * b;
            case MULH, MULHSU, MULHU -> multiplyHigh(width, operation, a, b);
            case DIV -> b == 0 ? -1 : a / b;
            case DIVU -> b == 0 ? -1 : Long.divideUnsigned(width.zeroExtend(a), width.zeroExtend(b));
            case REM -> b == 0 ? a : a % b;
            case REMU -> b == 0 ? a : Long.remainderUnsigned(width.zeroExtend(a), width.zeroExtend(b));
            default -> throw new IllegalArgumentException("operation " + operation + " is not an ALU operation");
        };
        return width.signExtend(result);
    }

    private static long multiplyHigh(WordWidth width, Operation operation, long a, long b) {
        long left = operation == Operation.MULHU ? width.zeroExtend(a) : a;
        long right = operation == Operation.MULH ? b : width.zeroExtend(b);
        if (width == WordWidth.RV32) {
            return (left * right) >> 32;
        }
        return switch (operation) {
            case MULH -> Math.multiplyHigh(left, right);
            case MULHU -> Math.unsignedMultiplyHigh(left, right);
            default -> Math.multiplyHigh(left, right) + (left & (right >> 63));
        };
    }

    /**
     * Tells whether a branch is taken.
     *
     * @throws IllegalArgumentException if the operation is not a branch
     */
    public static boolean taken(Operation operation, long a, long b) {
        return switch (operation) {
            case BEQ -> a == b;
            case BNE -> a != b;
            case BLT -> a < b;
            case BGE -> a >= b;
            case BLTU -> Long.compareUnsigned(a, b) < 0;
            case BGEU -> Long.compareUnsigned(a, b) >= 0;
            default -> throw new IllegalArgumentException("operation " + operation + " is not a branch");
        };
    }
}
