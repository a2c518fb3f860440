package dev.thimble.poly;

import dev.thimble.field.FieldKernels;
import dev.thimble.field.KoalaBear;
import dev.thimble.field.Workers;

/**
 * Low-degree extension: from the values of a polynomial of degree below N = 2^logHeight at w^i to its values at g u^i,
 * where u has order N 2^logBlowup and g = 3, all in natural order. Row i of the trace is w^i, and the value of the next
 * row in the extension is 2^logBlowup places on, cyclically. Immutable, shared by threads.
 *
 * <p>Per column: inverse transform (natural to bit-reversed order), multiplication of coefficient k by g^k / N,
 * zero-padding (in bit-reversed order a copy 2^logBlowup times, which is the first logBlowup levels of the next
 * transform), forward transform (bit-reversed to natural order). Everything happens inside the destination array.
 */
public final class CosetLde {
    private final int logHeight;
    private final int logBlowup;
    private final FieldKernels kernels;
    private final Ntt small;
    private final Ntt large;
    private final int[] scale;

    public CosetLde(int logHeight, int logBlowup, FieldKernels kernels) {
        if (logHeight < 0 || logBlowup < 0 || logHeight + logBlowup > KoalaBear.TWO_ADICITY) {
            throw new IllegalArgumentException("logHeight " + logHeight + ", logBlowup " + logBlowup
                    + ": both must be at least 0 and their sum at most " + KoalaBear.TWO_ADICITY);
        }
        this.logHeight = logHeight;
        this.logBlowup = logBlowup;
        this.kernels = kernels;
        this.small = new Ntt(logHeight, kernels);
        this.large = new Ntt(logHeight + logBlowup, kernels);
        this.scale = scale(logHeight);
    }

    public int logHeight() {
        return logHeight;
    }

    public int logBlowup() {
        return logBlowup;
    }

    /** Returns the extensions of all columns, in new arrays. */
    public int[][] extend(int[][] columns, Workers workers) {
        int[][] extended = new int[columns.length][];
        workers.forEach(columns.length, i -> extended[i] = extend(columns[i]));
        return extended;
    }

    /** Returns the extension of a column of 2^logHeight values, in a new array. */
    public int[] extend(int[] column) {
        requireLength("column", column, small.size());
        int[] extended = new int[large.size()];
        extend(column, extended);
        return extended;
    }

    /** Writes the extension of {@code column} to {@code extended}, an array of 2^(logHeight + logBlowup) elements. */
    public void extend(int[] column, int[] extended) {
        requireLength("column", column, small.size());
        requireLength("extended", extended, large.size());
        int offset = large.size() - small.size();
        System.arraycopy(column, 0, extended, offset, small.size());
        small.inverseDif(extended, offset);
        kernels.mul(extended, offset, scale, 0, extended, offset, small.size());
        repeat(extended, offset);
        large.forwardDit(extended, 0, logBlowup);
    }

    /** Returns the coefficients, in natural order, of the polynomial with the values {@code column} at w^i. */
    public int[] coefficients(int[] column) {
        requireLength("column", column, small.size());
        int[] coefficients = column.clone();
        small.inverse(coefficients);
        return coefficients;
    }

    /** Returns the values on the extended domain of the polynomial with at most 2^(logHeight + logBlowup) coefficients. */
    public int[] evaluate(int[] coefficients) {
        if (coefficients.length > large.size()) {
            throw new IllegalArgumentException(
                    "coefficients.length " + coefficients.length + " is above " + large.size());
        }
        int[] values = new int[large.size()];
        int power = KoalaBear.ONE;
        for (int i = 0; i < coefficients.length; i++) {
            values[i] = KoalaBear.mul(coefficients[i], power);
            power = KoalaBear.mul(power, KoalaBear.GENERATOR);
        }
        large.forward(values);
        return values;
    }

    /** Returns the coefficients, natural order, of the polynomial with the values {@code extended} at g u^i. */
    public int[] coefficientsOfExtended(int[] extended) {
        requireLength("extended", extended, large.size());
        int[] coefficients = extended.clone();
        large.inverse(coefficients);
        int inverse = KoalaBear.inverse(KoalaBear.GENERATOR);
        int power = KoalaBear.ONE;
        for (int i = 0; i < coefficients.length; i++) {
            coefficients[i] = KoalaBear.mul(coefficients[i], power);
            power = KoalaBear.mul(power, inverse);
        }
        return coefficients;
    }

    /** Copies each of the last N elements 2^logBlowup times, front to back; element j is read before it is overwritten. */
    private void repeat(int[] values, int offset) {
        int copies = 1 << logBlowup;
        for (int j = 0; j < values.length - offset; j++) {
            int element = values[offset + j];
            for (int k = 0; k < copies; k++) {
                values[j * copies + k] = element;
            }
        }
    }

    private static int[] scale(int logHeight) {
        int[] scale = new int[1 << logHeight];
        int power = Ntt.inverseOfPowerOfTwo(logHeight);
        for (int i = 0; i < scale.length; i++) {
            scale[Ntt.reverse(i, logHeight)] = power;
            power = KoalaBear.mul(power, KoalaBear.GENERATOR);
        }
        return scale;
    }

    private static void requireLength(String name, int[] array, int length) {
        if (array.length != length) {
            throw new IllegalArgumentException(name + ".length " + array.length + " is not " + length);
        }
    }
}
