package dev.thimble.riscv;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The ALU of either width against unbounded integers. */
class AluTest {
    private static final Operation[] OPERATIONS = {
        Operation.ADD, Operation.SUB, Operation.SLL, Operation.SLT, Operation.SLTU, Operation.XOR, Operation.SRL,
        Operation.SRA, Operation.OR, Operation.AND, Operation.MUL, Operation.MULH, Operation.MULHSU, Operation.MULHU,
        Operation.DIV, Operation.DIVU, Operation.REM, Operation.REMU
    };

    @Test
    void bothWidthsAgreeWithUnboundedIntegers() {
        long seed = 3;
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (WordWidth width : WordWidth.values()) {
            for (int i = 0; i < 20_000; i++) {
                Operation operation = OPERATIONS[i % OPERATIONS.length];
                long a = operand(random, width);
                long b = operand(random, width);
                assertThat(Alu.compute(width, operation, a, b))
                        .as("%s %s %x %x", width, operation, a, b)
                        .isEqualTo(expected(width, operation, a, b));
            }
        }
    }

    private static long operand(SplittableRandom random, WordWidth width) {
        long value = switch (random.nextInt(4)) {
            case 0 -> random.nextInt(-2, 3);
            case 1 -> (1L << (width.bits() - 1)) + random.nextInt(-2, 3);
            default -> random.nextLong() >> random.nextInt(64);
        };
        return width.signExtend(value);
    }

    private static long expected(WordWidth width, Operation operation, long left, long right) {
        if (width == WordWidth.RV32) {
            return Oracle.compute(operation.name().toLowerCase(Locale.ROOT), (int) left, (int) right);
        }
        BigInteger modulus = BigInteger.TWO.pow(64);
        BigInteger a = BigInteger.valueOf(left);
        BigInteger b = BigInteger.valueOf(right);
        BigInteger ua = a.mod(modulus);
        BigInteger ub = b.mod(modulus);
        int shift = (int) (right & 63);
        BigInteger result = switch (operation) {
            case ADD -> a.add(b);
            case SUB -> a.subtract(b);
            case SLL -> a.shiftLeft(shift);
            case SRL -> ua.shiftRight(shift);
            case SRA -> a.shiftRight(shift);
            case SLT -> BigInteger.valueOf(a.compareTo(b) < 0 ? 1 : 0);
            case SLTU -> BigInteger.valueOf(ua.compareTo(ub) < 0 ? 1 : 0);
            case XOR -> a.xor(b);
            case OR -> a.or(b);
            case AND -> a.and(b);
            case MUL -> a.multiply(b);
            case MULH -> a.multiply(b).shiftRight(64);
            case MULHSU -> a.multiply(ub).shiftRight(64);
            case MULHU -> ua.multiply(ub).shiftRight(64);
            case DIV -> right == 0 ? BigInteger.ONE.negate() : a.divide(b);
            case DIVU -> right == 0 ? BigInteger.ONE.negate() : ua.divide(ub);
            case REM -> right == 0 ? a : a.remainder(b);
            case REMU -> right == 0 ? a : ua.remainder(ub);
            default -> throw new IllegalArgumentException(operation.name());
        };
        return result.longValue();
    }
}
