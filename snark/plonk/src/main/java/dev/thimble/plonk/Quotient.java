package dev.thimble.plonk;

import dev.thimble.bn254.Fft;
import dev.thimble.bn254.Fr;
import dev.thimble.bn254.Parallel;
import dev.thimble.bn254.PrimeField;
import dev.thimble.plonk.ProvingKey.Fixed;
import dev.thimble.plonkverifier.VerificationKey;
import java.util.List;

/**
 * The quotient T = (gates + α·permutation + α²·(z - 1)·L₁)/Z_H, coset by coset: on each of four cosets of n points the wires and z are
 * evaluated, the fixed polynomials are read from the key, and the division is by a constant. Peak memory is nine vectors instead of forty.
 */
final class Quotient {
    private static final PrimeField F = PrimeField.FR;
    private static final int CHUNK = 256;
    private static final int VECTOR = 4 * CHUNK;

    private final ProvingKey key;
    private final Cosets cosets;
    private final Parallel parallel;
    private final List<Fr> publicInputs;
    private final long[] beta = new long[4];
    private final long[] gamma = new long[4];
    private final long[] alpha = new long[4];
    private final long[] identities = new long[12];

    Quotient(ProvingKey key, Cosets cosets, List<Fr> publicInputs, Fr beta, Fr gamma, Fr alpha, Parallel parallel) {
        this.key = key;
        this.cosets = cosets;
        this.publicInputs = publicInputs;
        this.parallel = parallel;
        beta.store(this.beta, 0);
        gamma.store(this.gamma, 0);
        alpha.store(this.alpha, 0);
        beta.store(identities, 0);
        beta.mul(VerificationKey.K1).store(identities, 4);
        beta.mul(VerificationKey.K2).store(identities, 8);
    }

    /**
     * The coefficients of T in four parts of n.
     *
     * @param blinded the coefficients of a, b, c, z with their blinding
     * @throws IllegalArgumentException if T is of a higher degree than a satisfied circuit gives
     */
    long[][] parts(long[][] blinded, Progress progress) {
        long[][] parts = new long[ProvingKey.COSETS][];
        for (int coset = 0; coset < parts.length; coset++) {
            progress.report("quotient", 0.45 + 0.04 * coset);
            parts[coset] = onCoset(blinded, coset);
        }
        cosets.interpolate(parts);
        for (int i = Crs.EXTRA_POINTS; i < key.rows(); i++) {
            if (!PrimeField.isZero(parts[3], 4 * i)) {
                throw new IllegalArgumentException("the witness does not satisfy the circuit");
            }
        }
        return parts;
    }

    private long[] onCoset(long[][] blinded, int coset) {
        int rows = key.rows();
        long[][] values = new long[4][];
        for (int i = 0; i < 4; i++) {
            values[i] = cosets.evaluate(blinded[i], coset);
        }
        long[] points =
                Fft.powers(cosets.shift(coset), Fft.root(key.verificationKey().power()), rows, parallel);
        long[] lagrange = firstLagrange(points, coset);
        long[] result = new long[4 * rows];
        long[] inverse = new long[4];
        cosets.vanishing(coset).inverse().store(inverse, 0);
        parallel.forEach(Math.ceilDiv(rows, CHUNK), () -> {
            Chunk chunk = new Chunk(values, points, lagrange, inverse);
            return index -> chunk.compute(coset, index * CHUNK, Math.min(CHUNK, rows - index * CHUNK), result);
        });
        return result;
    }

    /** L₁(x) = (xⁿ - 1)/(n(x - 1)) on the coset. */
    private long[] firstLagrange(long[] points, int coset) {
        int rows = key.rows();
        long[] result = new long[4 * rows];
        long[] one = F.one();
        long[] scale = new long[4];
        cosets.vanishing(coset).mul(Fr.of(rows).inverse()).store(scale, 0);
        parallel.forRange(rows, CHUNK, (from, to) -> {
            for (int i = from; i < to; i++) {
                F.sub(result, 4 * i, points, 4 * i, one, 0);
            }
            for (int start = from; start < to; start += CHUNK) {
                F.invertAll(result, 4 * start, Math.min(CHUNK, to - start));
            }
            for (int i = from; i < to; i++) {
                F.mul(result, 4 * i, result, 4 * i, scale, 0);
            }
        });
        return result;
    }

    /** One thread's piece of a coset. */
    private final class Chunk {
        private final long[][] values;
        private final long[] points;
        private final long[] lagrange;
        private final long[] vanishingInverse;
        private final long[] fixed = new long[Fixed.values().length * VECTOR];
        private final long[] inputs = new long[4 * publicInputs.size()];
        private final long[] s = new long[16];

        Chunk(long[][] values, long[] points, long[] lagrange, long[] vanishingInverse) {
            this.values = values;
            this.points = points;
            this.lagrange = lagrange;
            this.vanishingInverse = vanishingInverse;
            for (int i = 0; i < publicInputs.size(); i++) {
                publicInputs.get(i).store(inputs, 4 * i);
            }
        }

        void compute(int coset, int from, int count, long[] result) {
            for (Fixed polynomial : Fixed.values()) {
                key.loadCoset(polynomial, coset, from, count, fixed, polynomial.index * VECTOR);
            }
            for (int i = 0; i < count; i++) {
                int at = 4 * (from + i);
                start(at);
                F.mul(s, 0, s, 0, alpha, 0);
                permutation(4 * i, at);
                F.mul(s, 0, s, 0, alpha, 0);
                gates(4 * i, at);
                F.mul(result, at, s, 0, vanishingInverse, 0);
            }
        }

        /** s = (z - 1)·L₁. */
        private void start(int at) {
            F.setOne(s, 4);
            F.sub(s, 0, values[3], at, s, 4);
            F.mul(s, 0, s, 0, lagrange, at);
        }

        /** s += ∏(w + β·k·x + γ)·z(x) - ∏(w + β·σ + γ)·z(ωx). */
        private void permutation(int i, int at) {
            System.arraycopy(values[3], at, s, 4, 4);
            System.arraycopy(values[3], at + 4 == values[3].length ? 0 : at + 4, s, 8, 4);
            for (int column = 0; column < 3; column++) {
                F.mul(s, 12, identities, 4 * column, points, at);
                multiplyFactor(4, column, at);
                F.mul(s, 12, beta, 0, fixed, (Fixed.S1.index + column) * VECTOR + i);
                multiplyFactor(8, column, at);
            }
            F.add(s, 0, s, 0, s, 4);
            F.sub(s, 0, s, 0, s, 8);
        }

        private void multiplyFactor(int target, int column, int at) {
            F.add(s, 12, s, 12, values[column], at);
            F.add(s, 12, s, 12, gamma, 0);
            F.mul(s, target, s, target, s, 12);
        }

        /** s += qM·ab + qL·a + qR·b + qO·c + qC + PI. */
        private void gates(int i, int at) {
            F.mul(s, 4, fixed, i, values[0], at);
            F.add(s, 4, s, 4, fixed, Fixed.QR.index * VECTOR + i);
            F.mul(s, 4, s, 4, values[1], at);
            F.add(s, 0, s, 0, s, 4);
            F.mul(s, 4, fixed, Fixed.QL.index * VECTOR + i, values[0], at);
            F.add(s, 0, s, 0, s, 4);
            F.mul(s, 4, fixed, Fixed.QO.index * VECTOR + i, values[2], at);
            F.add(s, 0, s, 0, s, 4);
            F.add(s, 0, s, 0, fixed, Fixed.QC.index * VECTOR + i);
            for (int j = 0; j < inputs.length; j += 4) {
                int shifted = at - j < 0 ? at - j + lagrange.length : at - j;
                F.mul(s, 4, inputs, j, lagrange, shifted);
                F.sub(s, 0, s, 0, s, 4);
            }
        }
    }
}
