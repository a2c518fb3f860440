package dev.thimble.riscvcircuits;

import dev.thimble.air.Column;
import dev.thimble.air.Constraints;
import dev.thimble.air.Expr;
import dev.thimble.air.Term;

/**
 * What kind of row follows what, and the program counter.
 *
 * <p>Given one-hot kinds, proves that every row is an instruction, a transfer, halted or idle; that pc moves as the
 * instruction says; that the state enters on the first row and leaves on the last, which is idle or halted.
 */
final class ControlPart {
    private ControlPart() {}

    static void define(Constraints cs, MainVmColumns c) {
        rowSorts(cs, c);
        programCounter(cs, c);
        stateMessages(cs, c);
    }

    private static void rowSorts(Constraints cs, MainVmColumns c) {
        c.decode.kinds().forEach((kind, column) -> cs.bool("is" + kind + " is a flag", column));
        for (Column flag : new Column[] {
            c.calls.halt(),
            c.calls.commit(),
            c.calls.hint(),
            c.calls.print(),
            c.calls.inPlace(),
            c.calls.reading(),
            c.transfers.transfer(),
            c.state.halted()
        }) {
            cs.bool(flag.name() + " is a flag", flag);
        }
        Term active = c.active();
        cs.bool("at most one kind", active);
        Expr idle = active.plus(c.transfers.transfer()).plus(c.state.halted()).not();
        cs.bool("instruction, transfer, halted or idle", idle);
        cs.last("the last row executes nothing", active.plus(c.transfers.transfer()));
        cs.first("the first row is not halted", c.state.halted());
        cs.transition(
                "halted from the HALT on",
                c.state.halted().next().minus(c.state.halted()).minus(c.calls.halt()));
        cs.transition("segment is constant", c.state.segment().next().minus(c.state.segment()));
    }

    private static void programCounter(Constraints cs, MainVmColumns c) {
        Column pc = c.state.pc();
        Column zero = c.adder.zero();
        Expr less = AdderPart.less(c);
        Expr taken = c.is(Kind.BEQ)
                .times(zero)
                .plus(c.is(Kind.BNE).times(zero.not()))
                .plus(c.is(Kind.BLT).times(less))
                .plus(c.is(Kind.BGE).times(less.not()));
        Expr sequential = pc.plus(4);
        Expr indirect =
                c.adder.sum().low().plus(c.adder.sum().high().times(1 << 16)).minus(c.memory.offset0());
        Expr next = pc.plus(c.active().times(4))
                .plus(taken.plus(c.decode.jump()).times(c.decode.target().minus(sequential)))
                .plus(c.is(Kind.JALR).times(indirect.minus(sequential)))
                .minus(c.calls.halt().times(sequential));
        cs.transition("next pc", pc.next().minus(next));
    }

    private static void stateMessages(Constraints cs, MainVmColumns c) {
        Column segment = c.state.segment();
        cs.take("state enters", Buses.STATE, c.clock.isFirst(), segment, c.state.pc(), cs.constant(0));
        cs.give("state leaves", Buses.STATE, c.clock.isLast(), segment.plus(1), c.state.pc(), c.state.halted());
    }
}
