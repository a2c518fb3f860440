package dev.thimble.precompilecircuits;

import java.math.BigInteger;

/** Numbers of limbs and bytes, low first. */
final class Numbers {
    private Numbers() {}

    static BigInteger ofLimbs(int[] limbs) {
        BigInteger number = BigInteger.ZERO;
        for (int i = limbs.length - 1; i >= 0; i--) {
            number = number.shiftLeft(16).or(BigInteger.valueOf(limbs[i]));
        }
        return number;
    }

    /** The lowest bytes of a number; those of 2^(8·count) − |number| if it is negative. */
    static int[] bytes(BigInteger number, int count) {
        int[] bytes = new int[count];
        byte[] bigEndian = number.toByteArray();
        for (int i = 0; i < count; i++) {
            int at = bigEndian.length - 1 - i;
            bytes[i] = at >= 0 ? bigEndian[at] & 0xFF : number.signum() < 0 ? 0xFF : 0;
        }
        return bytes;
    }

    /** The bytes of limbs. */
    static int[] bytes(int[] limbs) {
        int[] bytes = new int[2 * limbs.length];
        for (int i = 0; i < limbs.length; i++) {
            bytes[2 * i] = limbs[i] & 0xFF;
            bytes[2 * i + 1] = limbs[i] >>> 8;
        }
        return bytes;
    }
}
