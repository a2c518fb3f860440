package dev.thimble.plonk;

import dev.thimble.bn254.Fft;
import dev.thimble.bn254.Fr;
import dev.thimble.bn254.Parallel;
import dev.thimble.bn254.PrimeField;
import dev.thimble.plonkverifier.VerificationKey;
import java.math.BigInteger;

/**
 * The permutation argument's z on the domain: z(1) = 1 and z(ωⁱ⁺¹) = z(ωⁱ)·∏ⱼ (wⱼ + β·kⱼ·ωⁱ + γ)/(wⱼ + β·σⱼ(ωⁱ) + γ) over the three wires of row i.
 */
final class GrandProduct {
    private static final PrimeField F = PrimeField.FR;
    private static final int CHUNK = 1024;

    private final ProvingKey key;
    private final long[][] wires;
    private final long[] beta = new long[4];
    private final long[] gamma = new long[4];
    private final long[] identities = new long[12];
    private final Parallel parallel;

    GrandProduct(ProvingKey key, long[][] wires, Fr beta, Fr gamma, Parallel parallel) {
        this.key = key;
        this.wires = wires;
        this.parallel = parallel;
        beta.store(this.beta, 0);
        gamma.store(this.gamma, 0);
        beta.store(identities, 0);
        beta.mul(VerificationKey.K1).store(identities, 4);
        beta.mul(VerificationKey.K2).store(identities, 8);
    }

    /**
     * @throws IllegalArgumentException if the product over all rows is not 1: the wires break a copy constraint
     */
    long[] values() {
        int rows = key.rows();
        int chunks = Math.ceilDiv(rows, CHUNK);
        long[] ratios = new long[4 * rows];
        long[] products = new long[4 * chunks];
        parallel.forEach(chunks, () -> {
            Scratch scratch = new Scratch();
            return chunk -> {
                int from = chunk * CHUNK;
                int count = Math.min(CHUNK, rows - from);
                ratios(scratch, ratios, from, count);
                F.setOne(products, 4 * chunk);
                for (int i = from; i < from + count; i++) {
                    F.mul(products, 4 * chunk, products, 4 * chunk, ratios, 4 * i);
                }
            };
        });
        long[] starts = new long[4 * chunks + 4];
        F.setOne(starts, 0);
        for (int chunk = 0; chunk < chunks; chunk++) {
            F.mul(starts, 4 * chunk + 4, starts, 4 * chunk, products, 4 * chunk);
        }
        if (!F.isOne(starts, 4 * chunks)) {
            throw new IllegalArgumentException("the wires break a copy constraint");
        }
        long[] z = new long[4 * rows];
        parallel.forEach(chunks, chunk -> {
            int from = chunk * CHUNK;
            int end = Math.min(rows, from + CHUNK);
            System.arraycopy(starts, 4 * chunk, z, 4 * from, 4);
            for (int i = from + 1; i < end; i++) {
                F.mul(z, 4 * i, z, 4 * i - 4, ratios, 4 * i - 4);
            }
        });
        return z;
    }

    private static final class Scratch {
        final long[] sigma = new long[4 * CHUNK];
        final long[] denominators = new long[4 * CHUNK];
        final long[] t = new long[8];
        final long[] power = new long[4];
        final long[] root = new long[4];
    }

    private void ratios(Scratch s, long[] ratios, int from, int count) {
        Fr root = Fft.root(key.verificationKey().power());
        root.store(s.root, 0);
        root.pow(BigInteger.valueOf(from)).store(s.power, 0);
        for (int i = 0; i < count; i++) {
            F.setOne(ratios, 4 * (from + i));
            F.setOne(s.denominators, 4 * i);
            for (int column = 0; column < 3; column++) {
                F.mul(s.t, 0, identities, 4 * column, s.power, 0);
                multiplyFactor(ratios, 4 * (from + i), column, from + i, s.t);
            }
            F.mul(s.power, 0, s.power, 0, s.root, 0);
        }
        for (int column = 0; column < 3; column++) {
            key.loadSigma(column, from, count, s.sigma);
            for (int i = 0; i < count; i++) {
                F.mul(s.t, 0, beta, 0, s.sigma, 4 * i);
                multiplyFactor(s.denominators, 4 * i, column, from + i, s.t);
            }
        }
        F.invertAll(s.denominators, 0, count);
        for (int i = 0; i < count; i++) {
            F.mul(ratios, 4 * (from + i), ratios, 4 * (from + i), s.denominators, 4 * i);
        }
    }

    /** target *= wire + t + γ. */
    private void multiplyFactor(long[] target, int at, int column, int row, long[] t) {
        F.add(t, 0, t, 0, wires[column], 4 * row);
        F.add(t, 0, t, 0, gamma, 0);
        F.mul(target, at, target, at, t, 0);
    }
}
