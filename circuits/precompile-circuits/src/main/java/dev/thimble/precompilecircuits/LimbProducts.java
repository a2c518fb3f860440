package dev.thimble.precompilecircuits;

import dev.thimble.air.Constraints;
import dev.thimble.air.Expr;
import dev.thimble.air.Term;
import java.util.List;

/**
 * Products of numbers in base 2^8, collected in base 2^16.
 *
 * <p>32 products of bytes stay below 2^21, and limb k of the collected product, Σ_{i+j=2k} xᵢyⱼ + 2^8·Σ_{i+j=2k+1} xᵢyⱼ, stays
 * below 2^29.01: so equations between a few of them, with carries of 14 or 15 bits times 2^16, do not wrap modulo p.
 */
final class LimbProducts {
    private LimbProducts() {}

    /** Limb k of x·y in base 2^16, as an expression of degree 2. */
    static Expr limb(Constraints cs, List<Term> x, List<Term> y, int k) {
        return coefficient(cs, x, y, 2 * k)
                .plus(coefficient(cs, x, y, 2 * k + 1).times(256));
    }

    private static Expr coefficient(Constraints cs, List<Term> x, List<Term> y, int k) {
        Expr sum = cs.constant(0);
        for (int i = Math.max(0, k - y.size() + 1); i < x.size() && i <= k; i++) {
            sum = sum.plus(x.get(i).times(y.get(k - i)));
        }
        return sum;
    }

    /** Limb k of x·y in base 2^16. */
    static long limb(int[] x, int[] y, int k) {
        return coefficient(x, y, 2 * k) + 256 * coefficient(x, y, 2 * k + 1);
    }

    private static long coefficient(int[] x, int[] y, int k) {
        long sum = 0;
        for (int i = Math.max(0, k - y.length + 1); i < x.length && i <= k; i++) {
            sum += (long) x[i] * y[k - i];
        }
        return sum;
    }
}
