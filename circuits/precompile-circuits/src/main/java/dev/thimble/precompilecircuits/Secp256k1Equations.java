package dev.thimble.precompilecircuits;

import dev.thimble.air.Column;
import dev.thimble.air.Constraints;
import dev.thimble.air.Expr;
import dev.thimble.air.Term;
import java.util.List;

/**
 * The three equations modulo p: operands − q·p = 0 over the integers, in base 2^16 with carries, q in (−2^258, 2^258).
 *
 * <p>In every limb the operands and q·p stay within ±2^29.6 and 2^16 times a carry within ±2^30, so that their sum is no
 * multiple of p = 2^30.99 other than 0. Products of digits: 32 of at most 2^14, of which two may be 2^15, and 2λy₁ + 3x₁² has
 * five of them.
 */
final class Secp256k1Equations {
    private Secp256k1Equations() {}

    static void define(Constraints cs, Secp256k1Layout c) {
        for (Column carry : c.carry()) {
            LimbTable.range(cs, carry.name() + " is small", Secp256k1Layout.CARRY_BITS, carry);
        }
        for (Column limb : c.quotient()) {
            LimbTable.range(cs, limb.name() + " is a limb", CanonicalCheck.BITS, limb);
        }
        for (Column bit : c.top()) {
            cs.bool(bit.name() + " is a flag", bit);
        }
        for (int k = 0; k < Secp256k1Layout.EQUATIONS; k++) {
            slope(cs, c, k);
            abscissa(cs, c, k);
            ordinate(cs, c, k);
        }
    }

    private static Term limb(Constraints cs, List<Column> limbs, int k, boolean nextRow) {
        if (k >= limbs.size()) {
            return cs.constant(0);
        }
        return nextRow ? limbs.get(k).next() : limbs.get(k);
    }

    /** On row 1: λ·x₂ − λ·x₁ − y₂ + y₁ or 2λ·y₁ − 3x₁². The digits are those of x₂ or y₁, on the next row those of x₁. */
    private static void slope(Constraints cs, Secp256k1Layout c, int k) {
        List<Term> lambda = c.slopeDigits();
        List<Term> v = c.digits().digits(false);
        List<Term> x1 = c.digits().digits(true);
        Expr rise = limb(cs, c.ordinate(), k, false).minus(limb(cs, c.ordinate(), k, true));
        Expr chord = LimbProducts.limb(cs, lambda, v, k)
                .minus(LimbProducts.limb(cs, lambda, x1, k))
                .minus(rise);
        Expr tangent = LimbProducts.limb(cs, lambda, v, k)
                .times(2)
                .minus(LimbProducts.limb(cs, x1, x1, k).times(3));
        cs.zero(
                "slope, limb " + k,
                c.chord()
                        .times(chord)
                        .plus(c.tangent().times(tangent))
                        .plus(c.row().get(1).times(c.reduction(cs, k, false))));
    }

    /** On row 1: λ² − x₁ − x₂ − x₃, quotient and carries on the next row. */
    private static void abscissa(Constraints cs, Secp256k1Layout c, int k) {
        List<Term> lambda = c.slopeDigits();
        Term x1 = limb(cs, c.old(), k, true);
        Term x2 = limb(cs, c.old(), k, false);
        Term x3 = limb(cs, c.next(), k, true);
        Expr sum = LimbProducts.limb(cs, lambda, lambda, k).minus(x1).minus(x3).plus(c.reduction(cs, k, true));
        cs.zero(
                "x3, limb " + k,
                c.row()
                        .get(1)
                        .times(sum)
                        .minus(c.chord().times(x2))
                        .minus(c.tangent().times(x1)));
    }

    /** On row 2: λ·x₁ − λ·x₃ − y₁ − y₃, quotient and carries on the next row. */
    private static void ordinate(Constraints cs, Secp256k1Layout c, int k) {
        List<Term> lambda = c.slopeDigits();
        List<Term> x1 = c.digits().digits(false);
        List<Term> x3 = c.digits().digits(true);
        Expr sum = LimbProducts.limb(cs, lambda, x1, k)
                .minus(LimbProducts.limb(cs, lambda, x3, k))
                .minus(limb(cs, c.old(), k, true))
                .minus(limb(cs, c.next(), k, true))
                .plus(c.reduction(cs, k, true));
        cs.zero("y3, limb " + k, c.row().get(2).times(sum));
    }
}
