package dev.thimble.riscvcircuits;

import dev.thimble.air.Column;
import dev.thimble.air.Constraints;
import dev.thimble.air.Expr;
import dev.thimble.air.Term;
import java.util.List;

/**
 * Multiplication, division and shifts, on bytes because 2^32 &gt; p.
 *
 * <p>One equation over the integers serves them all: x·y + remainder = low + 2^32·high, limb by limb with carries below
 * 2^11, so that no limb equation wraps modulo p.
 *
 * <ul>
 *   <li>MUL: x = a, y = y, result = low. SLL: the same with y = 2^s.
 *   <li>MULH: low is free; result = high − signA·y − signY·a mod 2^32.
 *   <li>DIV, REM: x = |quotient|, y = |divisor|, low = |a|, high = 0, remainder &lt; |divisor|. For divisor 0 the remainder
 *       is |a| and the quotient of DIV is −1. −2^31 / −1 needs no case of its own: 2^31 / 1 = 2^31.
 *   <li>SRL: x = result, y = 2^s, low = a, high = 0, remainder &lt; 2^s. SRA of a negative a: the same on all bits inverted.
 * </ul>
 */
final class ProductPart {
    private static final int LIMB = 1 << 16;
    /** Carries of the limb equations are below 2^11; the last one is stored with an offset of 2. */
    private static final int CARRY_BITS = 11;

    private static final int CARRY_OFFSET = 2;

    private ProductPart() {}

    static void define(Constraints cs, MainVmColumns c) {
        ranges(cs, c);
        shiftAmount(cs, c);
        divisor(cs, c);
        lowLimbs(cs, c);
        highLimbs(cs, c);
        remainderBelowDivisor(cs, c);
        divisionResults(cs, c);
    }

    private static Term divides(MainVmColumns c) {
        return c.is(Kind.DIV, Kind.REM);
    }

    /** The rows on which x is a quotient. */
    private static Term hasQuotient(MainVmColumns c) {
        return c.is(Kind.HAS_QUOTIENT);
    }

    private static Term multiplies(MainVmColumns c) {
        return c.is(Kind.MULTIPLIES);
    }

    private static void ranges(Constraints cs, MainVmColumns c) {
        LookupTable.range(cs, "remainder, low limb", 16, c.product.remainder().low());
        LookupTable.range(cs, "remainder, high limb", 16, c.product.remainder().high());
        for (Column carry : c.product.carries()) {
            LookupTable.range(cs, carry.name() + " is small", CARRY_BITS, carry);
        }
        Term top = c.product.topCarry();
        cs.zero("topCarry is 0, -1 or -2", top.times(top.plus(1)).times(top.plus(2)));
    }

    /** On shifts: y bytes = 2^s, s the low five bits of the second operand. */
    private static void shiftAmount(Constraints cs, MainVmColumns c) {
        Term shifts = c.is(Kind.SLL, Kind.SRL);
        Term low = c.product.shift();
        cs.take(
                "power of two",
                Buses.TABLE,
                shifts,
                cs.constant(LookupTable.POWER),
                low,
                c.bytes.yLimb(0),
                c.bytes.yLimb(1));
        LookupTable.range(
                cs,
                "shift is the low byte of y",
                shifts,
                cs.constant(8),
                c.operands.y().low().minus(low).times(Inverses.OF_2_8));
    }

    /** On divisions: y bytes = |y|. */
    private static void divisor(Constraints cs, MainVmColumns c) {
        Word y = c.operands.y();
        Term negate = c.product.negateY();
        cs.equal("negateY", negate, divides(c).times(c.adder.signY()));
        Expr keep = divides(c).minus(negate);
        cs.whenEqual("divisor, low limb", keep, c.bytes.yLimb(0), y.low());
        cs.whenEqual("divisor, high limb", keep, c.bytes.yLimb(1), y.high());
        negated(cs, "negated divisor", negate, c.bytes.yLimb(0), c.bytes.yLimb(1), y);
    }

    /** flag = 1 ⇒ (low, high) + word = 0 mod 2^32. */
    private static void negated(Constraints cs, String name, Term flag, Expr low, Expr high, Word word) {
        Expr lowSum = low.plus(word.low());
        Expr highSum = high.plus(word.high()).plus(lowSum.times(Inverses.OF_2_16));
        cs.zero(name + ", low limb", flag.times(lowSum).times(lowSum.minus(LIMB)));
        cs.zero(name + ", high limb", flag.times(highSum).times(highSum.minus(LIMB)));
    }

    /** Σ_{i+j=k} xᵢ·yⱼ. */
    private static Expr convolution(Constraints cs, MainVmColumns c, int k) {
        Expr sum = cs.constant(0);
        for (int i = 0; i < 4; i++) {
            int j = k - i;
            if (j >= 0 && j < 4) {
                sum = sum.plus(c.bytes.x().get(i).times(c.bytes.y().get(j)));
            }
        }
        return sum;
    }

    /** Limb k of the product of bytes, without carries. */
    private static Expr productLimb(Constraints cs, MainVmColumns c, int limb) {
        return convolution(cs, c, 2 * limb)
                .plus(convolution(cs, c, 2 * limb + 1).times(256));
    }

    private static void lowLimbs(Constraints cs, MainVmColumns c) {
        Word a = c.operands.a();
        Word result = c.operands.result();
        Word remainder = c.product.remainder();
        List<Column> carries = c.product.carries();
        Term signA = c.adder.signA();
        Expr keepSign = signA.times(2).not();
        // |a| = a or 2^32 − a; inverted a = a or 2^32 − 1 − a
        Expr absoluteLow = a.low().times(keepSign);
        Expr absoluteHigh = a.high().times(keepSign).plus(signA.times(LIMB));
        Expr invertedLow = a.low().times(keepSign).plus(signA.times(LIMB - 1));
        Expr invertedHigh = a.high().times(keepSign).plus(signA.times(LIMB - 1));
        Expr targetLow = low(c, result.low(), remainder.low(), absoluteLow, invertedLow);
        Expr targetHigh = low(c, result.high(), remainder.high(), absoluteHigh, invertedHigh);
        cs.zero(
                "product, limb 0",
                multiplies(c)
                        .times(productLimb(cs, c, 0).minus(carries.get(0).times(LIMB)))
                        .plus(hasQuotient(c).times(remainder.low()))
                        .minus(targetLow));
        cs.zero(
                "product, limb 1",
                multiplies(c)
                        .times(productLimb(cs, c, 1)
                                .plus(carries.get(0))
                                .minus(carries.get(1).times(LIMB)))
                        .plus(hasQuotient(c).times(remainder.high()))
                        .minus(targetHigh));
    }

    /** What the low word of x·y + remainder is on the different rows. */
    private static Expr low(MainVmColumns c, Term result, Term free, Expr absolute, Expr inverted) {
        return c.is(Kind.MUL, Kind.SLL)
                .times(result)
                .plus(c.is(Kind.MULH).times(free))
                .plus(divides(c).times(absolute))
                .plus(c.is(Kind.SRL).times(inverted));
    }

    private static void highLimbs(Constraints cs, MainVmColumns c) {
        Word a = c.operands.a();
        Word y = c.operands.y();
        Word result = c.operands.result();
        Term signA = c.adder.signA();
        Term signY = c.adder.signY();
        List<Column> carries = c.product.carries();
        Expr carry = carries.get(2).minus(CARRY_OFFSET);
        Expr third = productLimb(cs, c, 2).plus(carries.get(1));
        Expr fourth = productLimb(cs, c, 3);
        cs.zero(
                "high word, limb 2",
                c.is(Kind.MULH)
                        .times(third.minus(signA.times(y.low()))
                                .minus(signY.times(a.low()))
                                .minus(result.low())
                                .minus(carry.times(LIMB))));
        cs.zero(
                "high word, limb 3",
                c.is(Kind.MULH)
                        .times(fourth.plus(carry)
                                .minus(signA.times(y.high()))
                                .minus(signY.times(a.high()))
                                .minus(result.high())
                                .minus(c.product.topCarry().times(LIMB))));
        // All terms are natural numbers and their sum stays below p: each of them is 0.
        cs.zero("quotient times divisor below 2^32, limb 2", hasQuotient(c).times(third));
        cs.zero("quotient times divisor below 2^32, limb 3", hasQuotient(c).times(fourth));
    }

    /** remainder − y bytes borrows, unless the divisor is 0. */
    private static void remainderBelowDivisor(Constraints cs, MainVmColumns c) {
        Word s = c.adder.sum();
        Word remainder = c.product.remainder();
        Term low = c.adder.carryLow();
        Term high = c.adder.carryHigh();
        Expr lowDifference =
                remainder.low().minus(c.bytes.yLimb(0)).minus(s.low()).plus(low.times(LIMB));
        Expr highDifference = remainder
                .high()
                .minus(c.bytes.yLimb(1))
                .minus(low)
                .minus(s.high())
                .plus(high.times(LIMB));
        cs.zero("remainder - divisor, low limb", hasQuotient(c).times(lowDifference));
        cs.zero("remainder - divisor, high limb", hasQuotient(c).times(highDifference));
        cs.zero(
                "remainder below a divisor that is not 0",
                divides(c).times(high.plus(c.adder.zero()).minus(1)));
        cs.zero("remainder below the power of two", c.is(Kind.SRL).times(high.minus(1)));
    }

    private static void divisionResults(Constraints cs, MainVmColumns c) {
        Word result = c.operands.result();
        Word remainder = c.product.remainder();
        Term signA = c.adder.signA();
        Term signY = c.adder.signY();
        Term negateQuotient = c.product.negateQuotient();
        Term negateRemainder = c.product.negateRemainder();
        Expr differ = signA.plus(signY).minus(signA.times(signY).times(2));
        cs.equal("negateQuotient", negateQuotient, c.is(Kind.DIV).times(differ));
        cs.equal("negateRemainder", negateRemainder, c.is(Kind.REM).times(signA));

        Expr keepQuotient = c.is(Kind.DIV).minus(negateQuotient);
        cs.whenEqual("result of DIV, low limb", keepQuotient, result.low(), c.bytes.xLimb(0));
        cs.whenEqual("result of DIV, high limb", keepQuotient, result.high(), c.bytes.xLimb(1));
        negated(cs, "negated quotient", negateQuotient, c.bytes.xLimb(0), c.bytes.xLimb(1), result);
        Expr byZero = c.is(Kind.DIV).times(c.adder.zero());
        cs.whenEqual("quotient by 0, low limb", byZero, result.low(), cs.constant(LIMB - 1));
        cs.whenEqual("quotient by 0, high limb", byZero, result.high(), cs.constant(LIMB - 1));

        Expr keepRemainder = c.is(Kind.REM).minus(negateRemainder);
        cs.whenEqual("result of REM, low limb", keepRemainder, result.low(), remainder.low());
        cs.whenEqual("result of REM, high limb", keepRemainder, result.high(), remainder.high());
        negated(
                cs,
                "negated remainder",
                negateRemainder,
                remainder.low().expr(),
                remainder.high().expr(),
                result);

        for (int i = 0; i < 2; i++) {
            Term limb = i == 0 ? result.low() : result.high();
            Expr x = c.bytes.xLimb(i);
            Expr inverted = x.plus(signA.times(x.times(2).negated().plus(LIMB - 1)));
            cs.whenEqual("shifted right, limb " + i, c.is(Kind.SRL), limb, inverted);
        }
    }
}
