package dev.thimble.riscvcircuits;

import dev.thimble.air.Constraints;
import dev.thimble.air.Expr;
import dev.thimble.air.Term;

/**
 * Loads, stores and transfers: one access to a memory word in address space 1, and the byte or half-word of it.
 *
 * <p>Given a row that accesses memory at byte address s (the adder's sum, on a transfer free), proves that s is below 2^30
 * (below 2^29 if it writes) and aligned, that the word at s/4 is read, and that the loaded value or the new word is what the
 * width says. Words outside RAM, image and input have no row in MEMORY: an access to them cannot be proven.
 */
final class MemoryPart {
    private static final int SPACE_MEMORY = 1;
    private static final int SLOT = 2;

    private MemoryPart() {}

    static void define(Constraints cs, MainVmColumns c, int logHeight) {
        address(cs, c);
        access(cs, c, logHeight);
        subWord(cs, c);
        loads(cs, c);
        stores(cs, c);
    }

    /** The rows on which the adder's sum is split as an address. */
    static Term addresses(MainVmColumns c) {
        return accesses(c).plus(c.is(Kind.JALR)).plus(c.calls.transferring());
    }

    /** The rows whose address must not be in the input region. */
    static Term writes(MainVmColumns c) {
        return c.is(Kind.STORES)
                .plus(c.calls.transferring())
                .plus(c.transfers.transfer())
                .minus(c.transfers.read());
    }

    private static Term accesses(MainVmColumns c) {
        return c.is(Kind.LOADS_AND_STORES).plus(c.transfers.transfer());
    }

    private static void address(Constraints cs, MainVmColumns c) {
        Term bit0 = c.memory.offset0();
        Term bit1 = c.memory.offset1();
        cs.bool("offset0 is a flag", bit0);
        cs.bool("offset1 is a flag", bit1);
        Word s = c.adder.sum();
        Expr lowQuarter = s.low().minus(bit0).minus(bit1.times(2)).times(Inverses.OF_4);
        LookupTable.range(cs, "offset is the address mod 4", addresses(c), cs.constant(14), lowQuarter);
        cs.whenEqual(
                "word address",
                accesses(c).plus(c.calls.transferring()),
                c.memory.address(),
                lowQuarter.plus(s.high().times(1 << 14)));
        Term words = c.is(Kind.LW, Kind.SW).plus(c.calls.transferring()).plus(c.transfers.transfer());
        cs.zero("words are aligned", words.times(bit0.plus(bit1)));
        cs.zero("half-words are aligned", c.is(Kind.LH, Kind.SH).times(bit0));
    }

    private static void access(Constraints cs, MainVmColumns c, int logHeight) {
        Term flag = accesses(c);
        Expr space = cs.constant(SPACE_MEMORY);
        Expr time = RegisterPart.time(c, SLOT);
        Word before = c.memory.oldWord();
        Word after = c.memory.newWord();
        Term address = c.memory.address();
        cs.take(
                "memory before",
                Buses.ACCESS,
                flag,
                space,
                address,
                before.low(),
                before.high(),
                c.accessMemory.previous());
        cs.give("memory after", Buses.ACCESS, flag, space, address, after.low(), after.high(), time);
        RegisterPart.earlier(cs, "memory", flag, c.accessMemory, time, logHeight);
    }

    /** half is the addressed half-word, bytes x₀ and x₁ are its bytes, signWord has the loaded value's top bit on top. */
    private static void subWord(Constraints cs, MainVmColumns c) {
        Term half = c.memory.half();
        Word before = c.memory.oldWord();
        Expr selected = before.low().plus(c.memory.offset1().times(before.high().minus(before.low())));
        cs.whenEqual("addressed half-word", c.is(Kind.LB, Kind.LH, Kind.SB, Kind.SH), half, selected);
        cs.whenEqual("bytes of the half-word", c.is(Kind.LB, Kind.SB), c.bytes.xLimb(0), half);
        Term signWord = c.memory.signWord();
        cs.whenEqual("sign of a byte", c.is(Kind.LB), signWord, selectedByte(c).times(256));
        cs.whenEqual("sign of a half-word", c.is(Kind.LH), signWord, half);
        cs.whenEqual(
                "sign of a",
                c.is(Kind.LB, Kind.LH).not(),
                signWord,
                c.operands.a().high());
    }

    private static Expr selectedByte(MainVmColumns c) {
        Term low = c.bytes.x().get(0);
        return low.plus(c.memory.offset0().times(c.bytes.x().get(1).minus(low)));
    }

    private static void loads(Constraints cs, MainVmColumns c) {
        Word before = c.memory.oldWord();
        Word result = c.operands.result();
        Term sign = c.adder.signA();
        c.memory.newWord().equalWhen(cs, "a load keeps the word", c.is(Kind.LB, Kind.LH, Kind.LW), before);
        result.equalWhen(cs, "loaded word", c.is(Kind.LW), before);
        cs.whenEqual("loaded half-word", c.is(Kind.LH), result.low(), c.memory.half());
        cs.whenEqual("loaded byte", c.is(Kind.LB), result.low(), selectedByte(c).plus(sign.times(0xFF00)));
        cs.whenEqual("sign extension", c.is(Kind.LB, Kind.LH), result.high(), sign.times(0xFFFF));
    }

    private static void stores(Constraints cs, MainVmColumns c) {
        Word before = c.memory.oldWord();
        Word after = c.memory.newWord();
        after.equalWhen(cs, "stored word", c.is(Kind.SW), c.operands.b());
        Term half = c.memory.half();
        Term newHalf = c.memory.newHalf();
        Term newByte = c.bytes.y().get(0);
        Expr low = newByte.minus(c.bytes.x().get(0));
        Expr high = newByte.minus(c.bytes.x().get(1)).times(256);
        Expr change = low.plus(c.memory.offset0().times(high.minus(low)));
        cs.whenEqual("stored half-word", c.is(Kind.SH), newHalf, c.operands.b().low());
        cs.whenEqual("stored byte", c.is(Kind.SB), newHalf, half.plus(change));
        Expr difference = newHalf.minus(half);
        Term bit1 = c.memory.offset1();
        Term stores = c.is(Kind.SB, Kind.SH);
        cs.zero(
                "word after a sub-word store, low limb",
                stores.times(after.low().minus(before.low()).minus(bit1.not().times(difference))));
        cs.zero(
                "word after a sub-word store, high limb",
                stores.times(after.high().minus(before.high()).minus(bit1.times(difference))));
        // A transferred word may be any: its limbs are checked in the remainder's range checks.
        c.product.remainder().equalWhen(cs, "a transferred word is a word", c.transfers.transfer(), after);
    }
}
