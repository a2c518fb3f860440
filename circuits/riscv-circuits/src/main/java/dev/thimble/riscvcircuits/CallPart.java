package dev.thimble.riscvcircuits;

import dev.thimble.air.Constraints;
import dev.thimble.air.Term;
import dev.thimble.riscv.Syscall;

/**
 * System calls. An ECALL row reads a0 as operand a, t0 as operand b, and a1 as the third register, whose value it keeps.
 *
 * <p>Given an ECALL row, proves that the call is the one that t0 names; that HALT has exit code 0; that COMMIT gives
 * OUTPUT(a0, a1); that HINT is followed by as many transfer rows as the table says, on consecutive words from a0.
 */
final class CallPart {
    private CallPart() {}

    static void define(Constraints cs, MainVmColumns c) {
        numbers(cs, c);
        haltAndCommit(cs, c);
        transfers(cs, c);
    }

    private static void numbers(Constraints cs, MainVmColumns c) {
        Term call = c.is(Kind.ECALL);
        Term number = c.calls
                .commit()
                .times(Syscall.COMMIT)
                .plus(c.calls.hint().times(Syscall.HINT))
                .plus(c.calls.print().times(Syscall.WRITE))
                .plus(c.calls.halt().times(Syscall.HALT));
        cs.zero("t0 names the call, low limb", call.times(c.operands.b().low()).minus(number));
        cs.zero("t0 names the call, high limb", call.times(c.operands.b().high()));
        c.operands.result().equalWhen(cs, "a call keeps a1", call, c.operands.rdOld());
    }

    private static void haltAndCommit(Constraints cs, MainVmColumns c) {
        Word a0 = c.operands.a();
        cs.zero("exit code 0", c.calls.halt().times(a0.low().plus(a0.high())));
        cs.whenEqual("output index, low limb", c.calls.commit(), c.calls.index(), a0.low());
        cs.zero("output index, high limb", c.calls.commit().times(a0.high()));
        c.memory.oldWord().equalWhen(cs, "output word", c.calls.commit(), c.operands.rdOld());
        cs.give(
                "output",
                Buses.OUTPUT,
                c.calls.commit(),
                c.calls.index(),
                c.memory.oldWord().low(),
                c.memory.oldWord().high());
    }

    private static void transfers(Constraints cs, MainVmColumns c) {
        Term transfer = c.calls.transfer();
        Term last = c.calls.last();
        cs.bool("last is a flag", last);
        cs.zero("only a transfer is the last one", transfer.not().times(last));
        cs.take(
                "transfer is in the table",
                Buses.TABLE,
                transfer,
                cs.constant(LookupTable.TRANSFER),
                cs.constant(Syscall.HINT),
                c.calls.index(),
                last);
        cs.first("the first row is not a transfer", transfer);
        cs.transition(
                "transfers follow the call without a gap",
                c.calls.transfer().next().minus(c.calls.hint()).minus(transfer).plus(last));
        cs.transition(
                "transfer index counts from 0",
                c.calls
                        .transfer()
                        .next()
                        .times(c.calls
                                .index()
                                .next()
                                .minus(c.calls.index().plus(1).times(transfer))));
        cs.transition(
                "transfers access consecutive words",
                c.calls
                        .transfer()
                        .next()
                        .times(c.memory
                                .address()
                                .next()
                                .minus(c.memory.address())
                                .minus(transfer)));
    }
}
