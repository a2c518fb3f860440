package dev.thimble.bn254;

import java.math.BigInteger;

/** c0 + c1·w in Fq6[w]/(w² - v): where pairings take their values. */
record Fq12(Fq6 c0, Fq6 c1) {
    static final Fq12 ONE = new Fq12(Fq6.ONE, Fq6.ZERO);

    /** ξ^(k·(q-1)/6) for k = 0..5: w^k is multiplied by the k-th under the Frobenius map. */
    private static final Fq2[] FROBENIUS = frobeniusCoefficients();

    Fq12 mul(Fq12 other) {
        Fq6 low = c0.mul(other.c0);
        Fq6 high = c1.mul(other.c1);
        Fq6 cross = c0.add(c1).mul(other.c0.add(other.c1));
        return new Fq12(low.add(high.mulByV()), cross.sub(low).sub(high));
    }

    Fq12 square() {
        Fq6 product = c0.mul(c1);
        Fq6 sum = c0.add(c1).mul(c0.add(c1.mulByV()));
        return new Fq12(sum.sub(product).sub(product.mulByV()), product.add(product));
    }

    /** The map to the power q^6; the inverse of elements whose norm is one. */
    Fq12 conjugate() {
        return new Fq12(c0, c1.negate());
    }

    Fq12 inverse() {
        Fq6 norm = c0.mul(c0).sub(c1.mul(c1).mulByV()).inverse();
        return new Fq12(c0.mul(norm), c1.mul(norm).negate());
    }

    /** this^q. */
    Fq12 frobenius() {
        return new Fq12(
                new Fq6(twist(c0.c0(), 0), twist(c0.c1(), 2), twist(c0.c2(), 4)),
                new Fq6(twist(c1.c0(), 1), twist(c1.c1(), 3), twist(c1.c2(), 5)));
    }

    Fq12 pow(BigInteger exponent) {
        Fq12 result = ONE;
        for (int i = exponent.bitLength() - 1; i >= 0; i--) {
            result = result.square();
            result = exponent.testBit(i) ? result.mul(this) : result;
        }
        return result;
    }

    private static Fq2 twist(Fq2 coefficient, int power) {
        return coefficient.conjugate().mul(FROBENIUS[power]);
    }

    private static Fq2[] frobeniusCoefficients() {
        BigInteger sixth = PrimeField.FQ.modulus().subtract(BigInteger.ONE).divide(BigInteger.valueOf(6));
        Fq2 step = Fq2.XI.pow(sixth);
        Fq2[] powers = new Fq2[6];
        powers[0] = Fq2.ONE;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1].mul(step);
        }
        return powers;
    }
}
