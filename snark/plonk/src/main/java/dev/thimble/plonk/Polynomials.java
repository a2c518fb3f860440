package dev.thimble.plonk;

import dev.thimble.bn254.Fr;
import dev.thimble.bn254.Parallel;
import dev.thimble.bn254.PrimeField;
import java.math.BigInteger;
import java.util.Arrays;

/** Operations on coefficient vectors (flat Montgomery limbs, constant term first). */
final class Polynomials {
    private static final PrimeField F = PrimeField.FR;

    /** Elements that a thread copies from mapped memory at a time. */
    static final int CHUNK = 512;

    private Polynomials() {}

    /** Copies coefficients from somewhere. */
    @FunctionalInterface
    interface Source {
        void load(int from, int count, long[] target);
    }

    static Source of(long[] coefficients) {
        return (from, count, target) -> System.arraycopy(coefficients, 4 * from, target, 0, 4 * count);
    }

    /** p + b(X)·(Xⁿ - 1), where p has n coefficients and b those given, constant term first. */
    static long[] blind(long[] coefficients, Fr... factors) {
        int n = coefficients.length / 4;
        long[] result = Arrays.copyOf(coefficients, coefficients.length + 4 * factors.length);
        for (int i = 0; i < factors.length; i++) {
            factors[i].store(result, 4 * (n + i));
            F.sub(result, 4 * i, result, 4 * i, result, 4 * (n + i));
        }
        return result;
    }

    /** p(x). */
    static Fr evaluate(Source polynomial, int size, Fr x, Parallel parallel) {
        int chunks = Math.ceilDiv(size, CHUNK);
        long[] partial = new long[4 * chunks];
        long[] point = new long[4];
        x.store(point, 0);
        parallel.forEach(chunks, () -> {
            long[] block = new long[4 * CHUNK];
            return chunk -> {
                int from = chunk * CHUNK;
                int count = Math.min(CHUNK, size - from);
                polynomial.load(from, count, block);
                int at = 4 * chunk;
                for (int i = count - 1; i >= 0; i--) {
                    F.mul(partial, at, partial, at, point, 0);
                    F.add(partial, at, partial, at, block, 4 * i);
                }
            };
        });
        Fr step = x.pow(BigInteger.valueOf(CHUNK));
        Fr sum = Fr.ZERO;
        for (int chunk = chunks - 1; chunk >= 0; chunk--) {
            sum = sum.mul(step).add(Fr.load(partial, 4 * chunk));
        }
        return sum;
    }

    /** target += factor·p. */
    static void addScaled(long[] target, Fr factor, Source polynomial, int size, Parallel parallel) {
        long[] scale = new long[4];
        factor.store(scale, 0);
        parallel.forEach(Math.ceilDiv(size, CHUNK), () -> {
            long[] block = new long[4 * CHUNK];
            return chunk -> {
                int from = chunk * CHUNK;
                int count = Math.min(CHUNK, size - from);
                polynomial.load(from, count, block);
                for (int i = 0; i < count; i++) {
                    F.mul(block, 4 * i, block, 4 * i, scale, 0);
                    F.add(target, 4 * (from + i), target, 4 * (from + i), block, 4 * i);
                }
            };
        });
    }

    /** target += factor·p. */
    static void addScaled(long[] target, Fr factor, long[] polynomial, Parallel parallel) {
        addScaled(target, factor, of(polynomial), polynomial.length / 4, parallel);
    }

    /** target += value. */
    static void addConstant(long[] target, Fr value) {
        Fr.load(target, 0).add(value).store(target, 0);
    }

    /**
     * p/(X - x).
     *
     * @throws IllegalStateException if p(x) is not zero
     */
    static long[] divide(long[] polynomial, Fr x) {
        int size = polynomial.length / 4;
        long[] quotient = new long[polynomial.length - 4];
        long[] point = new long[4];
        x.store(point, 0);
        long[] carry = new long[4];
        for (int i = size - 1; i >= 1; i--) {
            F.mul(carry, 0, carry, 0, point, 0);
            F.add(carry, 0, carry, 0, polynomial, 4 * i);
            System.arraycopy(carry, 0, quotient, 4 * (i - 1), 4);
        }
        F.mul(carry, 0, carry, 0, point, 0);
        F.add(carry, 0, carry, 0, polynomial, 0);
        if (!PrimeField.isZero(carry, 0)) {
            throw new IllegalStateException("the opened polynomial is not zero at its point");
        }
        return quotient;
    }
}
