package dev.thimble.riscvcircuits;

import dev.thimble.air.Constraints;
import dev.thimble.air.Term;

/**
 * The words of a system call, one row each.
 *
 * <p>Given an ECALL row of HINT or a precompile, proves that as many transfer rows follow as the fixed table says; that the
 * words read come first, are consecutive from a1 and keep their values; that the words replaced are consecutive from a0.
 * Every transfer row of a precompile gives PRECOMPILE(operation, segment, clock, index, old word, new word), where clock is
 * the row of the ECALL: this row's number − index − 1. What the new words are is proven by the circuit of the operation.
 */
final class TransferPart {
    private TransferPart() {}

    static void define(Constraints cs, MainVmColumns c) {
        flags(cs, c);
        sequence(cs, c);
        addresses(cs, c);
        messages(cs, c);
    }

    private static void flags(Constraints cs, MainVmColumns c) {
        MainVmColumns.Transfers t = c.transfers;
        cs.bool("last is a flag", t.last());
        cs.bool("read is a flag", t.read());
        cs.zero("only a transfer is the last one", t.transfer().not().times(t.last()));
        cs.zero("only a transfer reads", t.transfer().not().times(t.read()));
        cs.zero("only a transfer is a precompile's", t.transfer().not().times(t.precompile()));
        // One look-up serves the rows of both sorts: on a transfer row z is last + 2·read, on an ECALL row it is
        // reading.
        cs.take(
                "transfer or precompile is in the table",
                Buses.TABLE,
                t.transfer().plus(c.calls.precompile()),
                t.transfer()
                        .times(LookupTable.TRANSFER)
                        .plus(c.calls.precompile().times(LookupTable.CALL)),
                t.operation(),
                t.index(),
                t.last().plus(t.read().times(2)).plus(c.calls.reading()));
    }

    private static void sequence(Constraints cs, MainVmColumns c) {
        MainVmColumns.Transfers t = c.transfers;
        Term transfer = t.transfer();
        cs.first("the first row is not a transfer", transfer);
        cs.transition(
                "transfers follow the call without a gap",
                t.transfer()
                        .next()
                        .minus(c.calls.transferring())
                        .minus(transfer)
                        .plus(t.last()));
        cs.transition(
                "transfer index counts from 0",
                t.transfer()
                        .next()
                        .times(t.index().next().minus(t.index().plus(1).times(transfer))));
        cs.transition(
                "operation is carried",
                t.transfer().next().times(t.operation().next().minus(t.operation())));
        cs.transition(
                "transfers of a precompile",
                t.precompile()
                        .next()
                        .minus(t.transfer().next().times(c.calls.precompile().plus(t.precompile()))));
    }

    private static void addresses(Constraints cs, MainVmColumns c) {
        MainVmColumns.Transfers t = c.transfers;
        Term address = c.memory.address();
        Term replaces = t.transfer().minus(t.read());
        cs.whenEqual("pointer starts at a0", c.calls.transferring(), t.pointer(), address);
        cs.transition(
                "pointer moves behind every word replaced",
                t.transfer().next().times(t.pointer().next().minus(t.pointer()).minus(replaces)));
        cs.whenEqual("words replaced are at the pointer", replaces, address, t.pointer());
        Word sum = c.adder.sum();
        Word a1 = c.operands.rdOld();
        cs.transition(
                "words read start at a1, low limb",
                c.calls.reading().times(sum.low().next().minus(a1.low())));
        cs.transition(
                "words read start at a1, high limb",
                c.calls.reading().times(sum.high().next().minus(a1.high())));
        cs.transition(
                "words read are consecutive",
                t.read()
                        .times(t.read().next())
                        .times(c.memory.address().next().minus(address).minus(1)));
        c.memory.newWord().equalWhen(cs, "a word read keeps its value", t.read(), c.memory.oldWord());
    }

    private static void messages(Constraints cs, MainVmColumns c) {
        MainVmColumns.Transfers t = c.transfers;
        cs.give(
                "word of a precompile",
                Buses.PRECOMPILE,
                t.precompile(),
                t.operation(),
                c.state.segment(),
                c.clock.row().minus(t.index()).minus(1),
                t.index(),
                c.memory.oldWord().low(),
                c.memory.oldWord().high(),
                c.memory.newWord().low(),
                c.memory.newWord().high());
    }
}
