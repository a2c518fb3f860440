package dev.thimble.bn254;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The optimal ate pairing e: G1 × G2 → Fq12 of BN254, with parameter x = 4965661367192848881.
 *
 * <p>Miller loop over 6x + 2 on the twist in affine coordinates, then two Frobenius lines (Vercauteren, "Optimal pairings"). Final exponentiation by
 * Devegili, Scott, Dahab, "Implementing cryptographic pairings over Barreto-Naehrig curves", §7.
 */
public final class Pairing {
    static final BigInteger X = BigInteger.valueOf(4965661367192848881L);
    private static final BigInteger LOOP = X.multiply(BigInteger.valueOf(6)).add(BigInteger.TWO);
    private static final BigInteger Q = PrimeField.FQ.modulus();
    private static final Fq2 TWIST_X = Fq2.XI.pow(Q.subtract(BigInteger.ONE).divide(BigInteger.valueOf(3)));
    private static final Fq2 TWIST_Y = Fq2.XI.pow(Q.subtract(BigInteger.ONE).divide(BigInteger.TWO));

    private Pairing() {}

    /** One factor e(left, right) of a product. */
    public record Pair(G1 left, G2 right) {}

    /**
     * Whether the product of e(left, right) over all pairs is 1; a pair with infinity counts as 1.
     *
     * @param pairs points on their curves, right ones in the subgroup: the caller checks that
     */
    public static boolean productIsOne(List<Pair> pairs) {
        Fq12 product = Fq12.ONE;
        for (Pair pair : pairs) {
            if (!pair.left().isInfinity() && !pair.right().isInfinity()) {
                product = product.mul(millerLoop(pair.left(), pair.right()));
            }
        }
        return finalExponentiation(product).equals(Fq12.ONE);
    }

    static Fq12 pairing(G1 left, G2 right) {
        return left.isInfinity() || right.isInfinity() ? Fq12.ONE : finalExponentiation(millerLoop(left, right));
    }

    static Fq12 millerLoop(G1 p, G2 q) {
        Fq12 value = Fq12.ONE;
        G2 t = q;
        for (int i = LOOP.bitLength() - 2; i >= 0; i--) {
            Fq2 slope = t.tangentSlope();
            value = value.square().mul(line(p, t, slope));
            t = t.chord(t.x(), slope);
            if (LOOP.testBit(i)) {
                slope = slope(t, q);
                value = value.mul(line(p, t, slope));
                t = t.chord(q.x(), slope);
            }
        }
        G2 q1 = frobenius(q);
        G2 q2 = frobenius(q1).negate();
        Fq2 slope = slope(t, q1);
        value = value.mul(line(p, t, slope));
        t = t.chord(q1.x(), slope);
        return value.mul(line(p, t, slope(t, q2)));
    }

    static Fq12 finalExponentiation(Fq12 value) {
        Fq12 easy = value.conjugate().mul(value.inverse());
        easy = easy.frobenius().frobenius().mul(easy);
        return hardPart(easy);
    }

    /** f^((q^4 - q^2 + 1)/r) for f of norm one, by the addition chain of the paper. */
    private static Fq12 hardPart(Fq12 f) {
        List<Fq12> powers = new ArrayList<>(List.of(f));
        for (int i = 0; i < 3; i++) {
            powers.add(powers.get(i).pow(X));
        }
        Fq12 fx = powers.get(1);
        Fq12 fx2 = powers.get(2);
        Fq12 fx3 = powers.get(3);
        Fq12 f1 = f.frobenius();
        Fq12 f2 = f1.frobenius();
        Fq12 y0 = f1.mul(f2).mul(f2.frobenius());
        Fq12 y1 = f.conjugate();
        Fq12 y2 = fx2.frobenius().frobenius();
        Fq12 y3 = fx.frobenius().conjugate();
        Fq12 y4 = fx.mul(fx2.frobenius()).conjugate();
        Fq12 y5 = fx2.conjugate();
        Fq12 y6 = fx3.mul(fx3.frobenius()).conjugate();
        Fq12 t0 = y6.square().mul(y4).mul(y5);
        Fq12 t1 = y3.mul(y5).mul(t0);
        t0 = t0.mul(y2);
        t1 = t1.square().mul(t0).square();
        t0 = t1.mul(y1).square();
        return t0.mul(t1.mul(y0));
    }

    /** The line of this slope through T, untwisted and evaluated at P: yP - λ xP w + (λ xT - yT) w³. */
    private static Fq12 line(G1 p, G2 t, Fq2 slope) {
        Fq6 even = new Fq6(new Fq2(p.y(), Fq.ZERO), Fq2.ZERO, Fq2.ZERO);
        Fq6 odd = new Fq6(slope.scale(p.x()).negate(), slope.mul(t.x()).sub(t.y()), Fq2.ZERO);
        return new Fq12(even, odd);
    }

    private static Fq2 slope(G2 a, G2 b) {
        return b.y().sub(a.y()).mul(b.x().sub(a.x()).inverse());
    }

    /** The q-power Frobenius map, carried to the twist. */
    private static G2 frobenius(G2 point) {
        return new G2(point.x().conjugate().mul(TWIST_X), point.y().conjugate().mul(TWIST_Y));
    }
}
