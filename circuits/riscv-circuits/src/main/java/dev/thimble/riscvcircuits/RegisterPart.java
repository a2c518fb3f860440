package dev.thimble.riscvcircuits;

import dev.thimble.air.Column;
import dev.thimble.air.Constraints;
import dev.thimble.air.Expr;
import dev.thimble.air.Term;

/**
 * Register accesses: offline memory checking in address space 0.
 *
 * <p>On instruction rows rs1 and rs2 are always read (x0 like any other), rd is written iff {@code writes}. Access number k
 * of row r has time 4·r + k + 1. Each access takes the message of the address's previous access and gives its own; that
 * the previous one is earlier is a range check of the gap. x0 is never written: no program entry writes it.
 */
final class RegisterPart {
    private static final int SPACE_REGISTER = 0;

    private RegisterPart() {}

    static void define(Constraints cs, MainVmColumns c, int logHeight) {
        Term active = c.active();
        MainVmColumns.Operands o = c.operands;
        access(cs, c, "rs1", active, c.decode.rs1(), o.a(), o.a(), c.accessA, 0, logHeight);
        access(cs, c, "rs2", active, c.decode.rs2(), o.b(), o.b(), c.accessB, 1, logHeight);
        access(cs, c, "rd", c.decode.writes(), c.decode.rd(), o.rdOld(), o.result(), c.accessD, 3, logHeight);
    }

    private static void access(
            Constraints cs,
            MainVmColumns c,
            String name,
            Term flag,
            Column register,
            Word before,
            Word after,
            MainVmColumns.Access access,
            int slot,
            int logHeight) {
        Expr time = time(c, slot);
        Expr space = cs.constant(SPACE_REGISTER);
        cs.take(name + " before", Buses.ACCESS, flag, space, register, before.low(), before.high(), access.previous());
        cs.give(name + " after", Buses.ACCESS, flag, space, register, after.low(), after.high(), time);
        earlier(cs, name, flag, access, time, logHeight);
    }

    /** The time of access {@code slot} of this row: 4·row + slot + 1. Time 0 is the start of the segment. */
    static Expr time(MainVmColumns c, int slot) {
        return c.clock.row().times(4).plus(slot + 1);
    }

    /** Constrains previous &lt; time: the gap time − previous − 1 has logHeight + 2 bits. */
    static void earlier(Constraints cs, String name, Term flag, MainVmColumns.Access access, Expr time, int logHeight) {
        Expr gap = time.minus(access.previous()).minus(1);
        LookupTable.range(cs, name + " gap, low limb", flag, cs.constant(16), access.gapLow());
        LookupTable.range(
                cs,
                name + " gap, high limb",
                flag,
                cs.constant(gapHighBits(logHeight)),
                gap.minus(access.gapLow()).times(Inverses.OF_2_16));
    }

    static int gapHighBits(int logHeight) {
        return Math.max(0, logHeight + 2 - 16);
    }
}
