package dev.thimble.contracts;

import java.math.BigInteger;
import java.util.List;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** Slow BN254 arithmetic for tests: the groups of EIP-196 and EIP-197. */
final class Bn254 {
    static final BigInteger Q =
            new BigInteger("21888242871839275222246405745257275088696311157297823662689037894645226208583");
    static final BigInteger R =
            new BigInteger("21888242871839275222246405745257275088548364400416034343698204186575808495617");
    private static final ECCurve CURVE = new ECCurve.Fp(Q, BigInteger.ZERO, BigInteger.valueOf(3), R, BigInteger.ONE);
    private static final ECPoint G1 = CURVE.createPoint(BigInteger.ONE, BigInteger.TWO);
    private static final Fq2[] G2 = {
        new Fq2(
                new BigInteger("10857046999023057135944570762232829481370756359578518086990519993285655852781"),
                new BigInteger("11559732032986387107991004021392285783925812861821192530917403151452391805634")),
        new Fq2(
                new BigInteger("8495653923123431417604973247489272438418190587263600148770280649306958101930"),
                new BigInteger("4082367875863433681332203403145435568316851327593401208105741076214120093531"))
    };

    private Bn254() {}

    /** scalar·G1. */
    static ECPoint multiplyG1(BigInteger scalar) {
        return new FixedPointCombMultiplier().multiply(G1, scalar);
    }

    /** x and y; (0, 0) for the point at infinity. */
    static List<BigInteger> coordinates(ECPoint point) {
        ECPoint affine = point.normalize();
        return affine.isInfinity()
                ? List.of(BigInteger.ZERO, BigInteger.ZERO)
                : List.of(
                        affine.getAffineXCoord().toBigInteger(),
                        affine.getAffineYCoord().toBigInteger());
    }

    /** scalar·G2 in the precompile's order x.c1, x.c0, y.c1, y.c0. */
    static List<BigInteger> multiplyG2(BigInteger scalar) {
        Fq2[] sum = G2;
        for (int i = scalar.bitLength() - 2; i >= 0; i--) {
            sum = add(sum, sum);
            sum = scalar.testBit(i) ? add(sum, G2) : sum;
        }
        return List.of(sum[0].c1, sum[0].c0, sum[1].c1, sum[1].c0);
    }

    /** Affine addition of points that are neither infinite nor opposite. */
    private static Fq2[] add(Fq2[] a, Fq2[] b) {
        Fq2 slope = a[0].equals(b[0])
                ? a[0].times(a[0]).times(Fq2.of(3)).times(a[1].times(Fq2.of(2)).inverse())
                : b[1].minus(a[1]).times(b[0].minus(a[0]).inverse());
        Fq2 x = slope.times(slope).minus(a[0]).minus(b[0]);
        return new Fq2[] {x, slope.times(a[0].minus(x)).minus(a[1])};
    }

    /** c0 + c1·i with i² = −1. */
    private record Fq2(BigInteger c0, BigInteger c1) {
        static Fq2 of(long value) {
            return new Fq2(BigInteger.valueOf(value), BigInteger.ZERO);
        }

        Fq2 minus(Fq2 other) {
            return new Fq2(c0.subtract(other.c0).mod(Q), c1.subtract(other.c1).mod(Q));
        }

        Fq2 times(Fq2 other) {
            return new Fq2(
                    c0.multiply(other.c0).subtract(c1.multiply(other.c1)).mod(Q),
                    c0.multiply(other.c1).add(c1.multiply(other.c0)).mod(Q));
        }

        Fq2 inverse() {
            BigInteger norm = c0.multiply(c0).add(c1.multiply(c1)).modInverse(Q);
            return new Fq2(c0.multiply(norm).mod(Q), c1.negate().multiply(norm).mod(Q));
        }
    }
}
