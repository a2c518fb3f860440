package dev.thimble.riscvcircuits;

import dev.thimble.air.Column;
import dev.thimble.air.Constraints;
import dev.thimble.air.Expr;
import dev.thimble.air.Term;
import java.util.List;

/**
 * Fetch and decode: given an instruction row, proves that its decoded fields are those of the program at pc. All flags
 * stand packed in one element; as each is boolean and the sum stays below p, they are determined by it.
 */
final class FetchPart {
    /** The elements of a message on {@link Buses#PROGRAM}. */
    static final List<String> TUPLE =
            List.of("pc", "rs1", "rs2", "rd", "immediate.low", "immediate.high", "target", "code");

    private FetchPart() {}

    static void define(Constraints cs, MainVmColumns c) {
        Term active = c.active();
        for (Column flag : List.of(c.decode.jump(), c.decode.signedA(), c.decode.signedY(), c.decode.writes())) {
            cs.bool(flag.name() + " is a flag", flag);
            cs.zero(flag.name() + " on instruction rows only", active.not().times(flag));
        }
        cs.take(
                "fetch",
                Buses.PROGRAM,
                active,
                c.state.pc(),
                c.decode.rs1(),
                c.decode.rs2(),
                c.decode.rd(),
                c.decode.immediate().low(),
                c.decode.immediate().high(),
                c.decode.target(),
                packedFlags(cs, c));
    }

    /** The flags as {@link InstructionCode#packed} has them. */
    private static Expr packedFlags(Constraints cs, MainVmColumns c) {
        Expr packed = cs.constant(1);
        for (Kind kind : Kind.values()) {
            packed = packed.plus(c.is(kind).times(2L << kind.bit()));
        }
        return packed.plus(c.decode.jump().times(2L << InstructionCode.JUMP_BIT))
                .plus(c.decode.signedA().times(2L << InstructionCode.SIGNED_A_BIT))
                .plus(c.decode.signedY().times(2L << InstructionCode.SIGNED_Y_BIT))
                .plus(c.decode.writes().times(2L << InstructionCode.WRITES_BIT));
    }
}
