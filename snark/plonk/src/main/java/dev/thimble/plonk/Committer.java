package dev.thimble.plonk;

import dev.thimble.bn254.Fr;
import dev.thimble.bn254.G1;
import dev.thimble.bn254.G1Points;
import dev.thimble.bn254.Msm;
import dev.thimble.bn254.Parallel;
import org.jspecify.annotations.Nullable;

/** KZG commitments under one common reference string. */
final class Committer {
    private final G1Points monomial;
    private final @Nullable G1Points lagrange;
    private final Parallel parallel;

    Committer(Crs crs, int power, Parallel parallel) {
        long points = (1L << power) + Crs.EXTRA_POINTS;
        if (crs.monomial().size() < points) {
            throw new IllegalArgumentException("the common reference string " + crs.file() + " has "
                    + crs.monomial().size() + " points, a circuit of 2^" + power + " rows needs " + points);
        }
        this.monomial = crs.monomial(points);
        this.lagrange = crs.lagrange(power);
        this.parallel = parallel;
    }

    /** [p(τ)]₁ from coefficients. */
    G1 commit(long[] coefficients) {
        return Msm.multiply(monomial, coefficients, coefficients.length / 4, parallel);
    }

    /**
     * [p(τ)]₁ from n values on the domain and from coefficients of n or more, where the rest is blinding b(X)·(Xⁿ - 1): by values if the string has a Lagrange basis,
     * since these are small numbers more often than not.
     */
    G1 commit(long[] values, long[] coefficients) {
        if (lagrange == null) {
            return commit(coefficients);
        }
        int rows = values.length / 4;
        G1 sum = Msm.multiply(lagrange, values, rows, parallel);
        for (int i = rows; i < coefficients.length / 4; i++) {
            G1 blind = monomial.get(i).add(monomial.get(i - rows).negate());
            sum = sum.add(blind.multiply(Fr.load(coefficients, 4 * i)));
        }
        return sum;
    }
}
