package dev.thimble.poly;

import dev.thimble.field.FieldKernels;
import dev.thimble.field.KoalaBear;

/**
 * The number-theoretic transform of size 2^logSize: y[k] = sum of x[i] w^(ik), w the root of unity of that order, and
 * its inverse. The transforms come as decimation in frequency (natural order in, bit-reversed out) and decimation in
 * time (bit-reversed in, natural out), so that a pair of them needs no reordering pass. Immutable, shared by threads.
 */
public final class Ntt {
    private final int logSize;
    private final FieldKernels kernels;
    private final int[] twiddles;
    private final int[] inverseTwiddles;

    public Ntt(int logSize, FieldKernels kernels) {
        if (logSize < 0 || logSize > KoalaBear.TWO_ADICITY) {
            throw new IllegalArgumentException("logSize " + logSize + " is not in [0, " + KoalaBear.TWO_ADICITY + "]");
        }
        this.logSize = logSize;
        this.kernels = kernels;
        this.twiddles = twiddles(logSize, KoalaBear.rootOfUnity(logSize));
        this.inverseTwiddles = twiddles(logSize, KoalaBear.inverse(KoalaBear.rootOfUnity(logSize)));
    }

    public int logSize() {
        return logSize;
    }

    public int size() {
        return 1 << logSize;
    }

    /** In place on values[offset, offset + size): coefficients in natural order to values in bit-reversed order. */
    public void forwardDif(int[] values, int offset) {
        kernels.dif(values, offset, logSize, twiddles);
    }

    /**
     * In place: coefficients in bit-reversed order to values in natural order. The first {@code skippedLevels} levels
     * are left out: the caller has done them.
     */
    public void forwardDit(int[] values, int offset, int skippedLevels) {
        kernels.dit(values, offset, logSize, skippedLevels, twiddles);
    }

    /** In place: values in natural order to size times the coefficients, in bit-reversed order. */
    public void inverseDif(int[] values, int offset) {
        kernels.dif(values, offset, logSize, inverseTwiddles);
    }

    /** In place: values in bit-reversed order to size times the coefficients, in natural order. */
    public void inverseDit(int[] values, int offset) {
        kernels.dit(values, offset, logSize, 0, inverseTwiddles);
    }

    /** Replaces a coefficient vector in natural order by the values in natural order. */
    public void forward(int[] values) {
        requireSize(values);
        kernels.dif(values, 0, logSize, twiddles);
        reverseBits(values, logSize);
    }

    /** Replaces a value vector in natural order by the coefficients in natural order. */
    public void inverse(int[] values) {
        requireSize(values);
        kernels.dif(values, 0, logSize, inverseTwiddles);
        reverseBits(values, logSize);
        kernels.scale(values, 0, inverseOfPowerOfTwo(logSize), values, 0, size());
    }

    /** Swaps the elements of a vector of 2^logSize into bit-reversed order. */
    public static void reverseBits(int[] values, int logSize) {
        for (int i = 1; i < 1 << logSize; i++) {
            int j = reverse(i, logSize);
            if (i < j) {
                int element = values[i];
                values[i] = values[j];
                values[j] = element;
            }
        }
    }

    /** Returns the lowest {@code bits} bits of {@code index} in reverse order. */
    public static int reverse(int index, int bits) {
        return bits == 0 ? 0 : Integer.reverse(index) >>> (Integer.SIZE - bits);
    }

    /** Returns 1 / 2^log as a field element. */
    static int inverseOfPowerOfTwo(int log) {
        int result = KoalaBear.ONE;
        for (int i = 0; i < log; i++) {
            result = KoalaBear.halve(result);
        }
        return result;
    }

    private void requireSize(int[] values) {
        if (values.length != size()) {
            throw new IllegalArgumentException("values.length " + values.length + " is not " + size());
        }
    }

    private static int[] twiddles(int logSize, int root) {
        int[] twiddles = new int[1 << logSize];
        int base = root;
        for (int half = twiddles.length >> 1; half > 0; half >>= 1) {
            int power = KoalaBear.ONE;
            for (int i = 0; i < half; i++) {
                twiddles[half + i] = power;
                power = KoalaBear.mul(power, base);
            }
            base = KoalaBear.square(base);
        }
        return twiddles;
    }
}
