package dev.thimble.bn254;

import java.math.BigInteger;

/**
 * The discrete Fourier transform over Fr on a subgroup of size 2^k: value i is the polynomial at ω^i. In place on flat Montgomery arrays, natural order
 * on both sides. ω = 5^((r-1)/2^k), the root that snarkjs uses.
 */
public final class Fft {
    /** The largest k. */
    public static final int MAX_LOG_SIZE = 28;

    private static final PrimeField F = PrimeField.FR;
    private static final int BLOCK = 1 << 12;

    private final int logSize;
    private final int size;
    private final Fr root;
    private final long[] twiddles;
    private final long[] inverseSize = new long[4];
    private final Parallel parallel;

    /** Tabulates the powers of ω for transforms of size 2^logSize, 0 <= logSize <= 26. */
    public Fft(int logSize, Parallel parallel) {
        if (logSize < 0 || logSize > 26) {
            throw new IllegalArgumentException("logSize = " + logSize + " is not in [0, 26]");
        }
        this.logSize = logSize;
        this.size = 1 << logSize;
        this.root = root(logSize);
        this.parallel = parallel;
        this.twiddles = powers(Fr.ONE, root, Math.max(1, size / 2), parallel);
        Fr.of(size).inverse().store(inverseSize, 0);
    }

    /** ω of a subgroup of size 2^logSize. */
    public static Fr root(int logSize) {
        if (logSize < 0 || logSize > MAX_LOG_SIZE) {
            throw new IllegalArgumentException("logSize = " + logSize + " is not in [0, 28]");
        }
        BigInteger order = PrimeField.FR.modulus().subtract(BigInteger.ONE);
        return Fr.of(5).pow(order.shiftRight(logSize));
    }

    /** first, first·ratio, first·ratio² … */
    public static long[] powers(Fr first, Fr ratio, int count, Parallel parallel) {
        long[] result = new long[count * 4];
        long[] step = new long[4];
        ratio.store(step, 0);
        parallel.forRange(count, 1024, (from, to) -> {
            first.mul(ratio.pow(BigInteger.valueOf(from))).store(result, 4 * from);
            for (int i = from + 1; i < to; i++) {
                F.mul(result, 4 * i, result, 4 * i - 4, step, 0);
            }
        });
        return result;
    }

    /** Number of points. */
    public int size() {
        return size;
    }

    /** The generator ω of the subgroup. */
    public Fr root() {
        return root;
    }

    /** Coefficients to values. */
    public void forward(long[] a) {
        check(a);
        int half = size / 2;
        while (half >= BLOCK) {
            level(a, half);
            half /= 2;
        }
        int block = Math.min(size, 2 * half);
        if (block > 1) {
            parallel.forEach(size / block, b -> transformBlock(a, b * block, block));
        }
        bitReverse(a);
    }

    /** Values to coefficients. */
    public void inverse(long[] a) {
        forward(a);
        parallel.forRange(size / 2 + 1, 1024, (from, to) -> {
            long[] t = new long[4];
            for (int i = from; i < to; i++) {
                int j = (size - i) & (size - 1);
                F.mul(t, 0, a, 4 * i, inverseSize, 0);
                if (i != j) {
                    F.mul(a, 4 * i, a, 4 * j, inverseSize, 0);
                }
                System.arraycopy(t, 0, a, 4 * j, 4);
            }
        });
    }

    /** a[i] = a[i]·shift^i: afterwards {@link #forward} gives the values on the coset shift·H. */
    public void scaleByPowers(long[] a, Fr shift) {
        check(a);
        long[] step = new long[4];
        shift.store(step, 0);
        parallel.forRange(size, 1024, (from, to) -> {
            long[] power = new long[4];
            shift.pow(BigInteger.valueOf(from)).store(power, 0);
            for (int i = from; i < to; i++) {
                F.mul(a, 4 * i, a, 4 * i, power, 0);
                F.mul(power, 0, power, 0, step, 0);
            }
        });
    }

    /** One breadth-first level: butterflies at distance half, over the whole array. */
    private void level(long[] a, int half) {
        int stride = size / (2 * half);
        parallel.forRange(size / 2, 2048, (from, to) -> {
            long[] t = new long[4];
            int i = from;
            while (i < to) {
                int group = i / half;
                int j = i - group * half;
                int end = Math.min(half, j + to - i);
                i += end - j;
                for (int low = 2 * group * half + j; j < end; j++, low++) {
                    butterfly(a, 4 * low, 4 * (low + half), 4 * j * stride, t);
                }
            }
        });
    }

    private void transformBlock(long[] a, int start, int block) {
        long[] t = new long[4];
        for (int half = block / 2; half >= 1; half /= 2) {
            int stride = size / (2 * half);
            for (int group = start; group < start + block; group += 2 * half) {
                for (int j = 0; j < half; j++) {
                    butterfly(a, 4 * (group + j), 4 * (group + j + half), 4 * j * stride, t);
                }
            }
        }
    }

    /** (x, y) to (x + y, (x - y)·ω^j). */
    private void butterfly(long[] a, int x, int y, int twiddle, long[] t) {
        F.sub(t, 0, a, x, a, y);
        F.add(a, x, a, x, a, y);
        F.mul(a, y, t, 0, twiddles, twiddle);
    }

    private void bitReverse(long[] a) {
        parallel.forRange(size, 2048, (from, to) -> {
            for (int i = from; i < to; i++) {
                int j = logSize == 0 ? 0 : Integer.reverse(i) >>> (32 - logSize);
                if (i < j) {
                    swap(a, 4 * i, 4 * j);
                }
            }
        });
    }

    private static void swap(long[] a, int x, int y) {
        for (int k = 0; k < 4; k++) {
            long value = a[x + k];
            a[x + k] = a[y + k];
            a[y + k] = value;
        }
    }

    private void check(long[] a) {
        if (a.length != 4 * size) {
            throw new IllegalArgumentException("array of " + a.length + " limbs does not hold " + size + " elements");
        }
    }
}
