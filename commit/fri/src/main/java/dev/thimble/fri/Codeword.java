package dev.thimble.fri;

import dev.thimble.field.Ext4;
import dev.thimble.field.KoalaBear;
import dev.thimble.field.Workers;
import java.util.Arrays;

/**
 * The values of an extension-valued function on the coset offset·⟨w⟩, w of order 2^logLength.
 *
 * <p><i>Shape:</i> four arrays of 2^logLength coefficients, natural order: row i is the value at offset·w^i.
 */
public final class Codeword {
    private static final int ROWS_PER_TASK = 1 << 12;

    private final int[][] coefficients;
    private final int logLength;
    private final int offset;

    /** Wraps four arrays, which must not be changed afterwards. */
    public Codeword(int[][] coefficients, int logLength, int offset) {
        if (coefficients.length != Ext4.DEGREE) {
            throw new IllegalArgumentException("coefficients must be 4 arrays: " + coefficients.length);
        }
        for (int[] array : coefficients) {
            if (array.length != 1 << logLength) {
                throw new IllegalArgumentException("array length must be 2^" + logLength + ": " + array.length);
            }
        }
        this.coefficients = coefficients.clone();
        this.logLength = logLength;
        this.offset = offset;
    }

    public int logLength() {
        return logLength;
    }

    /** The value at offset·w^row. */
    public Ext4 value(int row) {
        return Ext4.ofColumns(coefficients, row);
    }

    /**
     * The leaves of the layer's tree as columns: leaf i holds the 2^logArity values at i + k·2^logLength/2^logArity, four
     * coefficients each.
     */
    int[][] leafColumns(int logArity) {
        int leaves = 1 << (logLength - logArity);
        int[][] columns = new int[Ext4.DEGREE << logArity][];
        for (int k = 0; k < 1 << logArity; k++) {
            for (int c = 0; c < Ext4.DEGREE; c++) {
                columns[Ext4.DEGREE * k + c] = Arrays.copyOfRange(coefficients[c], k * leaves, (k + 1) * leaves);
            }
        }
        return columns;
    }

    /** Folds by 2^logArity with challenge {@code beta}; the result is on the coset of the 2^logArity-th powers. */
    Codeword fold(int logArity, Ext4 beta, Workers workers) {
        Codeword word = this;
        Ext4 challenge = beta;
        for (int i = 0; i < logArity; i++) {
            word = word.halve(challenge, workers);
            challenge = challenge.square();
        }
        return word;
    }

    /** f(x) = e(x²) + x·o(x²) becomes e + β·o. */
    private Codeword halve(Ext4 beta, Workers workers) {
        int half = 1 << (logLength - 1);
        int[][] out = new int[Ext4.DEGREE][half];
        int inverseOffset = KoalaBear.halve(KoalaBear.inverse(offset));
        int inverseRoot = KoalaBear.inverse(KoalaBear.rootOfUnity(logLength));
        workers.forRanges(half, ROWS_PER_TASK, (from, to) -> {
            int inverseTwiceX = KoalaBear.mul(inverseOffset, KoalaBear.pow(inverseRoot, from));
            for (int i = from; i < to; i++) {
                Ext4 positive = Ext4.ofColumns(coefficients, i);
                Ext4 negative = Ext4.ofColumns(coefficients, i + half);
                Ext4 even = positive.plus(negative).times(HALF);
                Ext4 odd = positive.minus(negative).times(inverseTwiceX);
                even.plus(beta.times(odd)).storeColumns(out, i);
                inverseTwiceX = KoalaBear.mul(inverseTwiceX, inverseRoot);
            }
        });
        return new Codeword(out, logLength - 1, KoalaBear.square(offset));
    }

    private static final int HALF = KoalaBear.halve(KoalaBear.ONE);

    /**
     * The coefficients of the polynomial of fewer than 2^logCoefficients coefficients with these values.
     *
     * @throws IllegalStateException if there is none: the function is not of low degree
     */
    Ext4[] interpolate(int logCoefficients) {
        int count = 1 << logCoefficients;
        int stride = 1 << (logLength - logCoefficients);
        int inverseRoot = KoalaBear.inverse(KoalaBear.rootOfUnity(logCoefficients));
        int scale = KoalaBear.inverse(KoalaBear.fromCanonical(count));
        Ext4[] result = new Ext4[count];
        for (int j = 0; j < count; j++) {
            Ext4 sum = Ext4.ZERO;
            int step = KoalaBear.pow(inverseRoot, j);
            int factor = KoalaBear.mul(scale, KoalaBear.pow(KoalaBear.inverse(offset), j));
            for (int i = 0; i < count; i++) {
                sum = sum.plus(value(i * stride).times(factor));
                factor = KoalaBear.mul(factor, step);
            }
            result[j] = sum;
        }
        requireValues(result);
        return result;
    }

    private void requireValues(Ext4[] polynomial) {
        int x = offset;
        int root = KoalaBear.rootOfUnity(logLength);
        for (int row = 0; row < 1 << logLength; row++) {
            if (!evaluate(polynomial, x).equals(value(row))) {
                throw new IllegalStateException("the committed function is not of low degree");
            }
            x = KoalaBear.mul(x, root);
        }
    }

    /** Σ cⱼ xʲ. */
    static Ext4 evaluate(Ext4[] polynomial, int x) {
        Ext4 sum = Ext4.ZERO;
        for (int j = polynomial.length - 1; j >= 0; j--) {
            sum = sum.times(x).plus(polynomial[j]);
        }
        return sum;
    }
}
