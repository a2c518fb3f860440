package dev.thimble.plonk;

import dev.thimble.bn254.Fft;
import dev.thimble.bn254.Fr;
import dev.thimble.bn254.G1;
import dev.thimble.bn254.G1Points;
import dev.thimble.bn254.G2;
import dev.thimble.bn254.Msm;
import dev.thimble.bn254.Pairing;
import dev.thimble.bn254.Parallel;
import dev.thimble.bn254.PrimeField;
import java.math.BigInteger;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * The expensive checks of a common reference string: every point is on the curve, consecutive points differ by the factor τ of [τ]₂,
 * and the Lagrange bases belong to the powers. Each batched check misses a wrong string with probability 2^-128.
 */
public final class CrsCheck {
    private final Crs crs;
    private final Parallel parallel;
    private final Supplier<BigInteger> random;

    /**
     * @param random unpredictable integers of at least 128 bits
     */
    public CrsCheck(Crs crs, Parallel parallel, Supplier<BigInteger> random) {
        this.crs = crs;
        this.parallel = parallel;
        this.random = random;
    }

    /**
     * Makes all checks.
     *
     * @throws CrsException naming the first that fails
     */
    public void run() throws CrsException {
        requireOnCurve(crs.monomial(), "powers");
        requirePowers();
        G1Points blocks = crs.lagrangeBlocks();
        if (blocks != null) {
            requireOnCurve(blocks, "Lagrange basis");
            for (int logSize = 0; logSize <= crs.power(); logSize++) {
                requireLagrange(logSize);
            }
        }
    }

    private void requireOnCurve(G1Points points, String name) throws CrsException {
        AtomicLong first = new AtomicLong(Long.MAX_VALUE);
        parallel.forRange(Math.toIntExact(points.size()), 1024, (from, to) -> {
            long[] limbs = new long[8];
            for (int i = from; i < to; i++) {
                points.load(i, limbs, 0);
                boolean canonical = PrimeField.FQ.isCanonical(limbs, 0) && PrimeField.FQ.isCanonical(limbs, 4);
                if (!canonical || !G1.load(limbs, 0).isOnCurve()) {
                    first.accumulateAndGet(i, Math::min);
                    return;
                }
            }
        });
        if (first.get() != Long.MAX_VALUE) {
            throw new CrsException(crs.file(), name + ": point " + first.get() + " is not on the curve");
        }
    }

    /** e(Σ ρᵢ P₍ᵢ₊₁₎, [1]₂) = e(Σ ρᵢ Pᵢ, [τ]₂) for random ρ. */
    private void requirePowers() throws CrsException {
        G1 tau = crs.monomial().get(1);
        if (tau.equals(G1.GENERATOR) || tau.equals(G1.GENERATOR.negate())) {
            throw new CrsException(crs.file(), "tau is 1 or -1");
        }
        int count = Math.toIntExact(crs.monomial().size()) - 1;
        long[] rho = randomScalars(count);
        G1 low = Msm.multiply(crs.monomial(), rho, count, parallel);
        G1 high = Msm.multiply(crs.monomial().slice(1, count + 1L), rho, count, parallel);
        boolean consistent = Pairing.productIsOne(
                List.of(new Pairing.Pair(high.negate(), G2.GENERATOR), new Pairing.Pair(low, crs.tau())));
        if (!consistent) {
            throw new CrsException(crs.file(), "the G1 points are not consecutive powers of the tau in G2");
        }
    }

    /** Values committed in the Lagrange basis and their interpolation committed in powers agree. */
    private void requireLagrange(int logSize) throws CrsException {
        int size = 1 << logSize;
        G1Points block = crs.lagrange(logSize);
        long[] values = randomScalars(size);
        G1 left = Msm.multiply(java.util.Objects.requireNonNull(block), values, size, parallel);
        new Fft(logSize, parallel).inverse(values);
        if (!left.equals(Msm.multiply(crs.monomial(), values, size, parallel))) {
            throw new CrsException(crs.file(), "the Lagrange basis of size " + size + " does not belong to the powers");
        }
    }

    private long[] randomScalars(int count) {
        long[] scalars = new long[4 * count];
        BigInteger mask = BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);
        for (int i = 0; i < count; i++) {
            Fr.of(random.get().and(mask)).store(scalars, 4 * i);
        }
        return scalars;
    }
}
