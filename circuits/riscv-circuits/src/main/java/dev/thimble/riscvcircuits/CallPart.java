package dev.thimble.riscvcircuits;

import dev.thimble.air.Constraints;
import dev.thimble.air.Term;
import dev.thimble.riscv.Syscall;

/**
 * System calls. An ECALL row reads a0 as operand a, t0 as operand b, and a1 as the third register, whose value it keeps.
 *
 * <p>Given an ECALL row, proves that the call is the one that t0 names; that HALT has exit code 0; that COMMIT gives
 * OUTPUT(a0, a1). The transfers that follow are the business of {@link TransferPart}.
 */
final class CallPart {
    private CallPart() {}

    static void define(Constraints cs, MainVmColumns c) {
        numbers(cs, c);
        haltAndCommit(cs, c);
    }

    /** On the ECALL row of a precompile, operation and index are the limbs of its number. */
    private static void numbers(Constraints cs, MainVmColumns c) {
        Term call = c.is(Kind.ECALL);
        Term number = c.calls
                .commit()
                .times(Syscall.COMMIT)
                .plus(c.calls.hint().times(Syscall.HINT))
                .plus(c.calls.print().times(Syscall.WRITE))
                .plus(c.calls.halt().times(Syscall.HALT))
                .plus(c.calls.precompile().times(c.transfers.operation()));
        cs.zero("t0 names the call, low limb", call.times(c.operands.b().low()).minus(number));
        cs.zero(
                "t0 names the call, high limb",
                call.times(c.operands.b().high()).minus(c.calls.precompile().times(c.transfers.index())));
        cs.whenEqual("operation of a hint", c.calls.hint(), c.transfers.operation(), cs.constant(Syscall.HINT));
        c.operands.result().equalWhen(cs, "a call keeps a1", call, c.operands.rdOld());
    }

    private static void haltAndCommit(Constraints cs, MainVmColumns c) {
        Word a0 = c.operands.a();
        Term index = c.transfers.index();
        cs.zero("exit code 0", c.calls.halt().times(a0.low().plus(a0.high())));
        cs.whenEqual("output index, low limb", c.calls.commit(), index, a0.low());
        cs.zero("output index, high limb", c.calls.commit().times(a0.high()));
        c.memory.oldWord().equalWhen(cs, "output word", c.calls.commit(), c.operands.rdOld());
        cs.give(
                "output",
                Buses.OUTPUT,
                c.calls.commit(),
                index,
                c.memory.oldWord().low(),
                c.memory.oldWord().high());
    }
}
