package dev.thimble.riscv;

import java.util.Arrays;

/**
 * The field of secp256k1, p = 2^256 − 2^32 − 977, on eight 32-bit words, low word first; all values are below p. Fast
 * enough for some hundred curve operations per signature in the emulator.
 */
final class Secp256k1Field {
    static final int WORDS = 8;
    private static final long WORD = 0xFFFF_FFFFL;
    /** 2^256 − p = 2^32 + 977. */
    private static final long FOLD = 977;

    private static final int[] P = {0xFFFF_FC2F, 0xFFFF_FFFE, -1, -1, -1, -1, -1, -1};

    private Secp256k1Field() {}

    /** Tells whether the eight words from an offset are a number below p. */
    static boolean isCanonical(int[] words, int offset) {
        for (int i = WORDS - 1; i >= 0; i--) {
            int order = Integer.compareUnsigned(words[offset + i], P[i]);
            if (order != 0) {
                return order < 0;
            }
        }
        return false;
    }

    static boolean isZero(int[] a) {
        return Arrays.equals(a, new int[WORDS]);
    }

    static int[] sub(int[] a, int[] b) {
        int[] out = new int[WORDS];
        long carry = 0;
        for (int i = 0; i < WORDS; i++) {
            carry += (a[i] & WORD) - (b[i] & WORD);
            out[i] = (int) carry;
            carry >>= 32;
        }
        return carry == 0 ? out : addWords(out, P);
    }

    /** a + b mod 2^256. */
    private static int[] addWords(int[] a, int[] b) {
        int[] out = new int[WORDS];
        long carry = 0;
        for (int i = 0; i < WORDS; i++) {
            carry += (a[i] & WORD) + (b[i] & WORD);
            out[i] = (int) carry;
            carry >>>= 32;
        }
        return out;
    }

    static int[] mul(int[] a, int[] b) {
        int[] product = new int[2 * WORDS];
        for (int i = 0; i < WORDS; i++) {
            long carry = 0;
            long left = a[i] & WORD;
            for (int j = 0; j < WORDS; j++) {
                carry += left * (b[j] & WORD) + (product[i + j] & WORD);
                product[i + j] = (int) carry;
                carry >>>= 32;
            }
            product[i + WORDS] = (int) carry;
        }
        return reduce(product);
    }

    /** A multiple of a, for a small factor. */
    static int[] times(int[] a, int factor) {
        int[] product = new int[2 * WORDS];
        long carry = 0;
        for (int i = 0; i < WORDS; i++) {
            carry += (a[i] & WORD) * factor;
            product[i] = (int) carry;
            carry >>>= 32;
        }
        product[WORDS] = (int) carry;
        return reduce(product);
    }

    /** low + 2^256·high = low + (2^32 + 977)·high, twice; then p is subtracted if need be. */
    private static int[] reduce(int[] product) {
        int[] out = new int[WORDS];
        long carry = 0;
        long previous = 0;
        for (int i = 0; i < WORDS; i++) {
            long high = product[WORDS + i] & WORD;
            carry += (product[i] & WORD) + high * FOLD + previous;
            previous = high;
            out[i] = (int) carry;
            carry >>>= 32;
        }
        long over = carry + previous;
        while (over != 0) {
            carry = (out[0] & WORD) + over * FOLD;
            out[0] = (int) carry;
            carry = (carry >>> 32) + (out[1] & WORD) + over;
            out[1] = (int) carry;
            carry >>>= 32;
            for (int i = 2; i < WORDS && carry != 0; i++) {
                carry += out[i] & WORD;
                out[i] = (int) carry;
                carry >>>= 32;
            }
            over = carry;
        }
        return isCanonical(out, 0) ? out : sub(out, P);
    }

    /** 1/a for a ≠ 0. */
    static int[] inverse(int[] a) {
        return new DivisionSteps(P, a).inverse();
    }
}
