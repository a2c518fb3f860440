package dev.thimble.bn254;

import java.util.Arrays;

/**
 * Up to {@link #CAPACITY} independent affine additions that share one inversion: six multiplications each instead of about eleven.
 * Equal, opposite and infinite operands are handled.
 */
final class BatchAdder {
    static final int CAPACITY = 1024;

    private static final PrimeField F = PrimeField.FQ;
    private static final byte CHORD = 0;
    private static final byte TANGENT = 1;
    private static final byte DONE = 2;

    /** Left operands on entry, sums on return. */
    final long[] left = new long[CAPACITY * 8];

    /** Right operands; destroyed. */
    final long[] right = new long[CAPACITY * 8];

    private final byte[] kinds = new byte[CAPACITY];
    private final long[] denominators = new long[CAPACITY * 4];
    private final long[] prefixes = new long[CAPACITY * 4];
    private final long[] running = new long[4];
    private final long[] slope = new long[4];
    private final long[] sumX = new long[4];

    /** left[i] = left[i] + right[i] for i below count. */
    void add(int count) {
        F.setOne(running, 0);
        for (int i = 0; i < count; i++) {
            byte kind = prepare(i);
            kinds[i] = kind;
            if (kind != DONE) {
                System.arraycopy(running, 0, prefixes, 4 * i, 4);
                F.mul(running, 0, running, 0, denominators, 4 * i);
            }
        }
        F.inverse(running, 0, running, 0);
        for (int i = count - 1; i >= 0; i--) {
            if (kinds[i] != DONE) {
                finish(i);
            }
        }
    }

    private byte prepare(int i) {
        F.sub(denominators, 4 * i, right, 8 * i, left, 8 * i);
        if (!PrimeField.isZero(denominators, 4 * i) && !isInfinity(left, 8 * i) && !isInfinity(right, 8 * i)) {
            F.sub(right, 8 * i + 4, right, 8 * i + 4, left, 8 * i + 4);
            return CHORD;
        }
        return prepareSpecial(i);
    }

    private byte prepareSpecial(int i) {
        int x = 8 * i;
        int y = x + 4;
        if (isInfinity(left, x)) {
            System.arraycopy(right, x, left, x, 8);
            return DONE;
        }
        if (isInfinity(right, x)) {
            return DONE;
        }
        if (!PrimeField.equal(left, y, right, y)) {
            Arrays.fill(left, x, x + 8, 0);
            return DONE;
        }
        F.add(denominators, 4 * i, left, y, left, y);
        F.square(slope, 0, left, x);
        F.add(right, y, slope, 0, slope, 0);
        F.add(right, y, right, y, slope, 0);
        return TANGENT;
    }

    /** x3 = λ² - x1 - x2, y3 = λ(x1 - x3) - y1, where the numerator of λ stands in right's y. */
    private void finish(int i) {
        int x = 8 * i;
        int y = x + 4;
        F.mul(slope, 0, running, 0, prefixes, 4 * i);
        F.mul(running, 0, running, 0, denominators, 4 * i);
        F.mul(slope, 0, slope, 0, right, y);
        F.square(sumX, 0, slope, 0);
        F.sub(sumX, 0, sumX, 0, left, x);
        F.sub(sumX, 0, sumX, 0, right, x);
        F.sub(left, x, left, x, sumX, 0);
        F.mul(slope, 0, slope, 0, left, x);
        F.sub(left, y, slope, 0, left, y);
        System.arraycopy(sumX, 0, left, x, 4);
    }

    static boolean isInfinity(long[] points, int offset) {
        return PrimeField.isZero(points, offset + 4) && PrimeField.isZero(points, offset);
    }
}
