package dev.thimble.riscv;

import java.math.BigInteger;

/** Arithmetic on numbers of 256 bits, eight words each, low word first. */
final class Uint256 {
    private static final int WORDS = 8;

    private Uint256() {}

    /**
     * Words 0..7 are y, words 8..15 the modulus m, words 16..23 are x, which becomes x·y mod m. Refused if m is 0.
     */
    static boolean multiplyModulo(int[] before, int[] after) {
        BigInteger modulus = number(before, WORDS);
        if (modulus.signum() == 0) {
            return false;
        }
        BigInteger result =
                number(before, 2 * WORDS).multiply(number(before, 0)).mod(modulus);
        for (int i = 0; i < WORDS; i++) {
            after[2 * WORDS + i] = result.shiftRight(32 * i).intValue();
        }
        return true;
    }

    private static BigInteger number(int[] words, int offset) {
        byte[] bytes = new byte[4 * WORDS];
        for (int i = 0; i < bytes.length; i++) {
            bytes[bytes.length - 1 - i] = (byte) (words[offset + i / 4] >>> (8 * (i & 3)));
        }
        return new BigInteger(1, bytes);
    }
}
