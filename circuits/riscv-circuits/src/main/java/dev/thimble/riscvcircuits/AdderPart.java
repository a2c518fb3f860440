package dev.thimble.riscvcircuits;

import dev.thimble.air.Constraints;
import dev.thimble.air.Expr;
import dev.thimble.air.Term;

/**
 * The adder, comparison, and what hangs on them.
 *
 * <p>Given a row that adds, proves sum = a + y mod 2^32; given one that compares or subtracts, sum = a − y mod 2^32 with the
 * borrow in carryHigh. signA, signY are the top bits of the operands where those are signed, and 0 elsewhere, so that
 * a &lt; y is carryHigh + signA − signY, signed or not.
 */
final class AdderPart {
    private AdderPart() {}

    static void define(Constraints cs, MainVmColumns c) {
        secondOperand(cs, c);
        sum(cs, c);
        signs(cs, c);
        zeroTest(cs, c);
        results(cs, c);
    }

    /** carryHigh + signA − signY: 1 iff a &lt; y on a row that compares. */
    static Expr less(MainVmColumns c) {
        return c.adder.carryHigh().plus(c.adder.signA()).minus(c.adder.signY());
    }

    static Term adds(MainVmColumns c) {
        return c.is(Kind.ADDS);
    }

    static Term subtracts(MainVmColumns c) {
        return c.is(Kind.SUBTRACTS);
    }

    private static void secondOperand(Constraints cs, MainVmColumns c) {
        Term immediateOnly = c.is(Kind.IMMEDIATE_ONLY);
        Word y = c.operands.y();
        Word b = c.operands.b();
        Word immediate = c.decode.immediate();
        cs.equal("y, low limb", y.low(), immediateOnly.not().times(b.low()).plus(immediate.low()));
        cs.equal("y, high limb", y.high(), immediateOnly.not().times(b.high()).plus(immediate.high()));
    }

    private static void sum(Constraints cs, MainVmColumns c) {
        Word a = c.operands.a();
        Word y = c.operands.y();
        Word s = c.adder.sum();
        Term low = c.adder.carryLow();
        Term high = c.adder.carryHigh();
        cs.bool("carryLow is a flag", low);
        cs.bool("carryHigh is a flag", high);
        Expr addLow = a.low().plus(y.low()).minus(s.low()).minus(low.times(1 << 16));
        Expr addHigh = a.high().plus(y.high()).plus(low).minus(s.high()).minus(high.times(1 << 16));
        Expr subLow = a.low().minus(y.low()).minus(s.low()).plus(low.times(1 << 16));
        Expr subHigh = a.high().minus(y.high()).minus(low).minus(s.high()).plus(high.times(1 << 16));
        cs.zero("a + y, low limb", adds(c).times(addLow));
        cs.zero("a + y, high limb", adds(c).times(addHigh));
        cs.zero("a - y, low limb", subtracts(c).times(subLow));
        cs.zero("a - y, high limb", subtracts(c).times(subHigh));
        LookupTable.range(cs, "sum, low limb", 16, s.low());
        // An address is below 2^30, one that is written below 2^29 (the input is not).
        Expr bits = cs.constant(16).minus(MemoryPart.addresses(c).times(2)).minus(MemoryPart.writes(c));
        LookupTable.range(cs, "sum, high limb", cs.constant(1), bits, s.high());
    }

    private static void signs(Constraints cs, MainVmColumns c) {
        Term signA = c.adder.signA();
        Term signY = c.adder.signY();
        cs.bool("signA is a flag", signA);
        cs.bool("signY is a flag", signY);
        cs.zero("signA of a signed operand only", c.decode.signedA().not().times(signA));
        cs.zero("signY of a signed operand only", c.decode.signedY().not().times(signY));
        LookupTable.range(
                cs,
                "signA is the top bit",
                cs.constant(1),
                c.decode.signedA().negated().plus(16),
                c.memory.signWord().minus(signA.times(1 << 15)));
        LookupTable.range(
                cs,
                "signY is the top bit",
                cs.constant(1),
                c.decode.signedY().negated().plus(16),
                c.operands.y().high().minus(signY.times(1 << 15)));
    }

    /** zero = 1 iff the tested value is 0: the difference on BEQ and BNE, the divisor on DIV and REM. */
    private static void zeroTest(Constraints cs, MainVmColumns c) {
        Term compares = c.is(Kind.BEQ, Kind.BNE);
        Term divides = c.is(Kind.DIV, Kind.REM);
        Word s = c.adder.sum();
        Word y = c.operands.y();
        Expr tested = compares.times(s.low().plus(s.high()))
                .plus(divides.times(y.low().plus(y.high())));
        cs.zero("zero only if the value is 0", tested.times(c.adder.zero()));
        cs.zero(
                "zero if the value is 0",
                compares.plus(divides).times(c.adder.zero().not()).minus(tested.times(c.adder.inverse())));
    }

    private static void results(Constraints cs, MainVmColumns c) {
        Word result = c.operands.result();
        result.equalWhen(cs, "result of ADD and SUB", c.is(Kind.ADD, Kind.SUB), c.adder.sum());
        cs.whenEqual("result of SLT", c.is(Kind.SLT), result.low(), less(c));
        cs.zero("result of SLT, high limb", c.is(Kind.SLT).times(result.high()));
        // The link of JALR: its low limb stands in the program, pc + 4 < 2^30 gives the rest.
        Expr linkHigh = c.state.pc().plus(4).minus(c.decode.target()).times(Inverses.OF_2_16);
        cs.whenEqual("link of JALR, low limb", c.is(Kind.JALR), result.low(), c.decode.target());
        cs.whenEqual("link of JALR, high limb", c.is(Kind.JALR), result.high(), linkHigh);
        LookupTable.range(cs, "result, low limb", 16, result.low());
        LookupTable.range(cs, "result, high limb", 16, result.high());
    }
}
