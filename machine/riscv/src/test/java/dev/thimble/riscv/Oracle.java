package dev.thimble.riscv;

import java.math.BigInteger;

/** What each ALU operation and branch computes, over unbounded integers, written independently of the machine. */
final class Oracle {
    private static final BigInteger MODULUS = BigInteger.TWO.pow(32);

    private Oracle() {}

    static int compute(String name, int left, int right) {
        BigInteger a = BigInteger.valueOf(left);
        BigInteger b = BigInteger.valueOf(right);
        BigInteger ua = a.mod(MODULUS);
        BigInteger ub = b.mod(MODULUS);
        int shift = ub.mod(BigInteger.valueOf(32)).intValue();
        BigInteger result = switch (name) {
            case "add" -> a.add(b);
            case "sub" -> a.subtract(b);
            case "sll" -> a.shiftLeft(shift);
            case "srl" -> ua.shiftRight(shift);
            case "sra" -> a.shiftRight(shift);
            case "slt" -> flag(a.compareTo(b) < 0);
            case "sltu" -> flag(ua.compareTo(ub) < 0);
            case "xor" -> a.xor(b);
            case "or" -> a.or(b);
            case "and" -> a.and(b);
            case "mul" -> a.multiply(b);
            case "mulh" -> a.multiply(b).shiftRight(32);
            case "mulhsu" -> a.multiply(ub).shiftRight(32);
            case "mulhu" -> ua.multiply(ub).shiftRight(32);
            case "div" -> b.signum() == 0 ? BigInteger.ONE.negate() : a.divide(b);
            case "divu" -> b.signum() == 0 ? BigInteger.ONE.negate() : ua.divide(ub);
            case "rem" -> b.signum() == 0 ? a : a.remainder(b);
            case "remu" -> b.signum() == 0 ? a : ua.remainder(ub);
            default -> throw new IllegalArgumentException(name);
        };
        return result.intValue();
    }

    static boolean taken(String name, int left, int right) {
        BigInteger a = BigInteger.valueOf(left);
        BigInteger b = BigInteger.valueOf(right);
        return switch (name) {
            case "beq" -> a.equals(b);
            case "bne" -> !a.equals(b);
            case "blt" -> a.compareTo(b) < 0;
            case "bge" -> a.compareTo(b) >= 0;
            case "bltu" -> a.mod(MODULUS).compareTo(b.mod(MODULUS)) < 0;
            case "bgeu" -> a.mod(MODULUS).compareTo(b.mod(MODULUS)) >= 0;
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static BigInteger flag(boolean value) {
        return value ? BigInteger.ONE : BigInteger.ZERO;
    }
}
