package dev.thimble.riscv;

import java.util.Arrays;

/**
 * Affine addition and doubling on y² = x³ + 7 over the field of secp256k1: the chord and tangent formulas. Neither checks
 * that the points are on the curve. Source: SEC 1 version 2, section 2.2.1.
 */
final class Secp256k1 {
    private static final int WORDS = Secp256k1Field.WORDS;

    private Secp256k1() {}

    /**
     * Words 0..15 are Q (x, then y), words 16..31 are P; P becomes P + Q. The operands are refused if a coordinate is not
     * below p or the x are equal.
     */
    static boolean add(int[] before, int[] after) {
        for (int offset = 0; offset < 4 * WORDS; offset += WORDS) {
            if (!Secp256k1Field.isCanonical(before, offset)) {
                return false;
            }
        }
        int[] x2 = coordinate(before, 0);
        int[] y2 = coordinate(before, 1);
        int[] x1 = coordinate(before, 2);
        int[] y1 = coordinate(before, 3);
        int[] run = Secp256k1Field.sub(x2, x1);
        if (Secp256k1Field.isZero(run)) {
            return false;
        }
        int[] slope = Secp256k1Field.mul(Secp256k1Field.sub(y2, y1), Secp256k1Field.inverse(run));
        chord(slope, x1, y1, x2, after, 2 * WORDS);
        return true;
    }

    /** Words 0..15 are P, which becomes 2P. Refused if a coordinate is not below p or y is 0. */
    static boolean twice(int[] before, int[] after) {
        if (!Secp256k1Field.isCanonical(before, 0) || !Secp256k1Field.isCanonical(before, WORDS)) {
            return false;
        }
        int[] x = coordinate(before, 0);
        int[] y = coordinate(before, 1);
        if (Secp256k1Field.isZero(y)) {
            return false;
        }
        int[] rise = Secp256k1Field.times(Secp256k1Field.mul(x, x), 3);
        int[] slope = Secp256k1Field.mul(rise, Secp256k1Field.inverse(Secp256k1Field.times(y, 2)));
        chord(slope, x, y, x, after, 0);
        return true;
    }

    /** x₃ = λ² − x₁ − x₂, y₃ = λ·(x₁ − x₃) − y₁. */
    private static void chord(int[] slope, int[] x1, int[] y1, int[] x2, int[] after, int offset) {
        int[] x3 = Secp256k1Field.sub(Secp256k1Field.sub(Secp256k1Field.mul(slope, slope), x1), x2);
        int[] y3 = Secp256k1Field.sub(Secp256k1Field.mul(slope, Secp256k1Field.sub(x1, x3)), y1);
        System.arraycopy(x3, 0, after, offset, WORDS);
        System.arraycopy(y3, 0, after, offset + WORDS, WORDS);
    }

    private static int[] coordinate(int[] words, int index) {
        return Arrays.copyOfRange(words, WORDS * index, WORDS * (index + 1));
    }
}
