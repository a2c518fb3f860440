package dev.thimble.bn254;

import java.math.BigInteger;

/**
 * A point of the twist y² = x³ + 3/ξ over Fq2 in affine coordinates. The twist has more points than G2: only those of order r are
 * in it, {@link #isInSubgroup()}. Infinity is written (0, 0).
 *
 * @param x first coordinate
 * @param y second coordinate
 */
public record G2(Fq2 x, Fq2 y) {
    /** The neutral element. */
    public static final G2 INFINITY = new G2(Fq2.ZERO, Fq2.ZERO);

    /** The generator of EIP-197. */
    public static final G2 GENERATOR = new G2(
            new Fq2(
                    fq("10857046999023057135944570762232829481370756359578518086990519993285655852781"),
                    fq("11559732032986387107991004021392285783925812861821192530917403151452391805634")),
            new Fq2(
                    fq("8495653923123431417604973247489272438418190587263600148770280649306958101930"),
                    fq("4082367875863433681332203403145435568316851327593401208105741076214120093531")));

    private static final Fq2 B = new Fq2(Fq.of(3), Fq.ZERO).mul(Fq2.XI.inverse());

    /** Whether this is the neutral element. */
    public boolean isInfinity() {
        return x.isZero() && y.isZero();
    }

    /** Whether the point satisfies the twist's equation; false at infinity. */
    public boolean isOnCurve() {
        return y.square().equals(x.square().mul(x).add(B));
    }

    /** Whether the point is on the twist and of order r: a member of G2 other than infinity. */
    public boolean isInSubgroup() {
        return isOnCurve() && multiply(PrimeField.FR.modulus()).isInfinity();
    }

    /** this + other. */
    public G2 add(G2 other) {
        if (isInfinity()) {
            return other;
        }
        if (other.isInfinity()) {
            return this;
        }
        if (x.equals(other.x)) {
            return y.equals(other.y) ? twice() : INFINITY;
        }
        return chord(other.x, other.y.sub(y).mul(other.x.sub(x).inverse()));
    }

    /** -this. */
    public G2 negate() {
        return new G2(x, y.negate());
    }

    /** this added to itself {@code scalar} times. */
    public G2 multiply(Fr scalar) {
        return multiply(scalar.toBigInteger());
    }

    private G2 multiply(BigInteger scalar) {
        G2 result = INFINITY;
        for (int i = scalar.bitLength() - 1; i >= 0; i--) {
            result = result.twice();
            result = scalar.testBit(i) ? result.add(this) : result;
        }
        return result;
    }

    private G2 twice() {
        return y.isZero() ? INFINITY : chord(x, tangentSlope());
    }

    /** 3x²/2y. */
    Fq2 tangentSlope() {
        Fq2 squared = x.square();
        return squared.add(squared).add(squared).mul(y.add(y).inverse());
    }

    /** The third point, mirrored, of the line of this slope through this point and one with first coordinate otherX. */
    G2 chord(Fq2 otherX, Fq2 slope) {
        Fq2 sumX = slope.square().sub(x).sub(otherX);
        return new G2(sumX, slope.mul(x.sub(sumX)).sub(y));
    }

    private static Fq fq(String decimal) {
        return Fq.of(new BigInteger(decimal));
    }
}
