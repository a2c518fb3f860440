package dev.thimble.poly;

import dev.thimble.field.Ext4;
import dev.thimble.field.FieldKernels;
import dev.thimble.field.KoalaBear;
import dev.thimble.field.Workers;

/**
 * Evaluation at a point of the extension from values on a coset, and small helpers for extension polynomials.
 *
 * <p>For f of degree below N = 2^n with the values f(s w^i), w of order N:
 * f(z) = sum of f(s w^i) W_i(z), W_i(z) = (z^N - s^N) / (N s^N) * s w^i / (z - s w^i). The weights are computed once
 * per point and used for all columns.
 */
public final class Interpolation {
    private static final int STEP = 1 << 12;

    private Interpolation() {}

    /**
     * Returns the weights W_i(point), natural order, as four coefficient columns.
     *
     * @throws IllegalArgumentException if the point lies on the coset or the shift is 0
     */
    public static int[][] weights(int logSize, int shift, Ext4 point, FieldKernels kernels, Workers workers) {
        int size = 1 << logSize;
        int[] xs = cosetPoints(logSize, shift);
        int[][] weights = new int[Ext4.DEGREE][size];
        Ext4 scale = vanishing(logSize, shift, point)
                .times(KoalaBear.inverse(KoalaBear.pow(shift, size)))
                .times(Ntt.inverseOfPowerOfTwo(logSize));
        if (scale.isZero()) {
            throw new IllegalArgumentException("the point lies on the coset");
        }
        workers.forRanges(size, STEP, (from, to) -> {
            int length = to - from;
            differences(point, xs, weights, from, to);
            kernels.extBatchInverse(weights, from, weights, from, length);
            kernels.extMulBase(weights, from, xs, from, weights, from, length);
            kernels.extScale(weights, from, scale, weights, from, length);
        });
        return weights;
    }

    /** Returns f(point) for every column of values f(s w^i), given the weights of the point. */
    public static Ext4[] evaluate(int[][] columns, int[][] weights, FieldKernels kernels, Workers workers) {
        Ext4[] values = new Ext4[columns.length];
        int size = weights[0].length;
        workers.forEach(columns.length, i -> {
            if (columns[i].length != size) {
                throw new IllegalArgumentException(
                        "columns[" + i + "].length " + columns[i].length + " is not " + size);
            }
            values[i] = kernels.dot(columns[i], 0, weights, 0, size);
        });
        return values;
    }

    /** Returns z^N - s^N for N = 2^logSize, the polynomial that vanishes on the coset s w^i. */
    public static Ext4 vanishing(int logSize, int shift, Ext4 z) {
        Ext4 power = z;
        int shiftPower = shift;
        for (int i = 0; i < logSize; i++) {
            power = power.square();
            shiftPower = KoalaBear.square(shiftPower);
        }
        return power.minus(shiftPower);
    }

    /** Returns the points s w^i, natural order, w of order 2^logSize. */
    public static int[] cosetPoints(int logSize, int shift) {
        int[] points = new int[1 << logSize];
        int root = KoalaBear.rootOfUnity(logSize);
        int point = shift;
        for (int i = 0; i < points.length; i++) {
            points[i] = point;
            point = KoalaBear.mul(point, root);
        }
        return points;
    }

    /** Returns the value at z of the polynomial with these coefficients, lowest first. */
    public static Ext4 horner(Ext4[] coefficients, Ext4 z) {
        Ext4 value = Ext4.ZERO;
        for (int i = coefficients.length - 1; i >= 0; i--) {
            value = value.times(z).plus(coefficients[i]);
        }
        return value;
    }

    /** Returns the value at z of the polynomial of degree below values.length with values[i] at the distinct xs[i]. */
    public static Ext4 lagrange(int[] xs, Ext4[] values, Ext4 z) {
        if (xs.length != values.length) {
            throw new IllegalArgumentException("xs.length " + xs.length + " is not values.length " + values.length);
        }
        Ext4 sum = Ext4.ZERO;
        for (int i = 0; i < xs.length; i++) {
            Ext4 numerator = values[i];
            int denominator = KoalaBear.ONE;
            for (int j = 0; j < xs.length; j++) {
                if (j != i) {
                    numerator = numerator.times(z.minus(xs[j]));
                    denominator = KoalaBear.mul(denominator, KoalaBear.sub(xs[i], xs[j]));
                }
            }
            sum = sum.plus(numerator.times(KoalaBear.inverse(denominator)));
        }
        return sum;
    }

    private static void differences(Ext4 point, int[] xs, int[][] out, int from, int to) {
        for (int i = from; i < to; i++) {
            point.minus(xs[i]).storeColumns(out, i);
        }
    }
}
