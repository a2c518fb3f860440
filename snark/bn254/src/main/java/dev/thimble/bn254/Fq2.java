package dev.thimble.bn254;

import java.math.BigInteger;

/**
 * c0 + c1·u in Fq[u]/(u² + 1).
 *
 * @param c0 the constant coefficient
 * @param c1 the coefficient of u
 */
public record Fq2(Fq c0, Fq c1) {
    /** 0. */
    public static final Fq2 ZERO = new Fq2(Fq.ZERO, Fq.ZERO);

    /** 1. */
    public static final Fq2 ONE = new Fq2(Fq.ONE, Fq.ZERO);

    /** ξ = 9 + u, the non-residue of the sextic twist. */
    static final Fq2 XI = new Fq2(Fq.of(9), Fq.ONE);

    Fq2 add(Fq2 other) {
        return new Fq2(c0.add(other.c0), c1.add(other.c1));
    }

    Fq2 sub(Fq2 other) {
        return new Fq2(c0.sub(other.c0), c1.sub(other.c1));
    }

    Fq2 negate() {
        return new Fq2(c0.negate(), c1.negate());
    }

    Fq2 conjugate() {
        return new Fq2(c0, c1.negate());
    }

    Fq2 mul(Fq2 other) {
        Fq low = c0.mul(other.c0);
        Fq high = c1.mul(other.c1);
        Fq cross = c0.add(c1).mul(other.c0.add(other.c1));
        return new Fq2(low.sub(high), cross.sub(low).sub(high));
    }

    Fq2 scale(Fq factor) {
        return new Fq2(c0.mul(factor), c1.mul(factor));
    }

    Fq2 square() {
        Fq product = c0.mul(c1);
        return new Fq2(c0.add(c1).mul(c0.sub(c1)), product.add(product));
    }

    Fq2 inverse() {
        Fq norm = c0.square().add(c1.square()).inverse();
        return new Fq2(c0.mul(norm), c1.mul(norm).negate());
    }

    Fq2 mulByXi() {
        return mul(XI);
    }

    Fq2 pow(BigInteger exponent) {
        Fq2 result = ONE;
        for (int i = exponent.bitLength() - 1; i >= 0; i--) {
            result = result.square();
            result = exponent.testBit(i) ? result.mul(this) : result;
        }
        return result;
    }

    boolean isZero() {
        return c0.isZero() && c1.isZero();
    }
}
