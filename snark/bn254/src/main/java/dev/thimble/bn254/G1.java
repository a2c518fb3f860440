package dev.thimble.bn254;

import java.math.BigInteger;

/**
 * A point of y² = x³ + 3 over Fq in affine coordinates. The group has prime order r, so every point of the curve is in
 * it. The point at infinity is written (0, 0), which is not on the curve, as Ethereum's precompiled contracts do (EIP-196).
 *
 * @param x first coordinate
 * @param y second coordinate
 */
public record G1(Fq x, Fq y) {
    /** The neutral element. */
    public static final G1 INFINITY = new G1(Fq.ZERO, Fq.ZERO);

    /** The generator (1, 2). */
    public static final G1 GENERATOR = new G1(Fq.ONE, Fq.of(2));

    private static final Fq B = Fq.of(3);

    /** Whether this is the neutral element. */
    public boolean isInfinity() {
        return x.isZero() && y.isZero();
    }

    /** Whether the point satisfies the curve equation; false at infinity. */
    public boolean isOnCurve() {
        return y.square().equals(x.square().mul(x).add(B));
    }

    /** this + other. */
    public G1 add(G1 other) {
        G1Sum sum = new G1Sum();
        sum.add(this);
        sum.add(other);
        return sum.toAffine();
    }

    /** -this. */
    public G1 negate() {
        return new G1(x, y.negate());
    }

    /** this added to itself {@code scalar} times. */
    public G1 multiply(Fr scalar) {
        BigInteger bits = scalar.toBigInteger();
        G1Sum sum = new G1Sum();
        for (int i = bits.bitLength() - 1; i >= 0; i--) {
            sum.twice();
            if (bits.testBit(i)) {
                sum.add(this);
            }
        }
        return sum.toAffine();
    }

    /** The point whose eight Montgomery limbs (x, y) stand at an offset. */
    public static G1 load(long[] source, int offset) {
        return new G1(Fq.load(source, offset), Fq.load(source, offset + PrimeField.LIMBS));
    }

    /** Writes the eight Montgomery limbs (x, y). */
    public void store(long[] target, int offset) {
        x.store(target, offset);
        y.store(target, offset + PrimeField.LIMBS);
    }
}
