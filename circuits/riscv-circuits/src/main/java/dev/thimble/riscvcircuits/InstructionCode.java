package dev.thimble.riscvcircuits;

import dev.thimble.riscv.Instruction;
import dev.thimble.riscv.MemoryMap;
import dev.thimble.riscv.Syscall;
import org.jspecify.annotations.Nullable;

/**
 * An instruction at an address as MAIN_VM sees it: the tuple of {@link Buses#PROGRAM}.
 *
 * <p>The second operand of every computation is y = b + immediate, where b is the value of rs2; for stores and system calls
 * it is the immediate alone. A constant result (LUI, AUIPC, the link of JAL) is 0 + immediate with rs1 = rs2 = x0.
 *
 * @param kind what the row computes
 * @param rs1 first register read
 * @param rs2 second register read
 * @param rd register accessed third, if {@code writes}
 * @param immediate the immediate as an unsigned word
 * @param target the address jumped to by a branch or JAL; for JALR the low limb of the link address
 * @param jump whether this is JAL
 * @param signedA whether the first operand (for loads: the loaded value) is signed
 * @param signedY whether the second operand is signed
 * @param writes whether register rd is accessed
 */
record InstructionCode(
        Kind kind,
        int rs1,
        int rs2,
        int rd,
        int immediate,
        int target,
        boolean jump,
        boolean signedA,
        boolean signedY,
        boolean writes) {

    /** An odd address: no instruction stands there. */
    private static final int NOWHERE = 1;

    /** Bit positions of the flags behind the kinds in {@link #packed}. */
    static final int JUMP_BIT = Kind.values().length;

    static final int SIGNED_A_BIT = JUMP_BIT + 1;
    static final int SIGNED_Y_BIT = JUMP_BIT + 2;
    static final int WRITES_BIT = JUMP_BIT + 3;

    /**
     * The code of an instruction.
     *
     * @return null for words that are not an instruction that can be executed: they get no entry in the program table
     */
    static @Nullable InstructionCode of(Instruction i, int pc) {
        return switch (i.operation()) {
            case ILLEGAL, EBREAK -> null;
            case ADD, ADDI, FENCE, LUI -> compute(Kind.ADD, i, false, false);
            case AUIPC -> constant(i, pc + i.immediate(), 0, false);
            case JAL -> constant(i, pc + 4, target(i, pc), true);
            case SUB -> compute(Kind.SUB, i, false, false);
            case AND, ANDI -> compute(Kind.AND, i, false, false);
            case OR, ORI -> compute(Kind.OR, i, false, false);
            case XOR, XORI -> compute(Kind.XOR, i, false, false);
            case SLT, SLTI -> compute(Kind.SLT, i, true, true);
            case SLTU, SLTIU -> compute(Kind.SLT, i, false, false);
            case SLL, SLLI -> compute(Kind.SLL, i, false, false);
            case SRL, SRLI -> compute(Kind.SRL, i, false, false);
            case SRA, SRAI -> compute(Kind.SRL, i, true, false);
            case MUL -> compute(Kind.MUL, i, false, false);
            case MULH -> compute(Kind.MULH, i, true, true);
            case MULHSU -> compute(Kind.MULH, i, true, false);
            case MULHU -> compute(Kind.MULH, i, false, false);
            case DIV -> compute(Kind.DIV, i, true, true);
            case DIVU -> compute(Kind.DIV, i, false, false);
            case REM -> compute(Kind.REM, i, true, true);
            case REMU -> compute(Kind.REM, i, false, false);
            case LB -> compute(Kind.LB, i, true, false);
            case LBU -> compute(Kind.LB, i, false, false);
            case LH -> compute(Kind.LH, i, true, false);
            case LHU -> compute(Kind.LH, i, false, false);
            case LW -> compute(Kind.LW, i, false, false);
            case SB -> compute(Kind.SB, i, false, false);
            case SH -> compute(Kind.SH, i, false, false);
            case SW -> compute(Kind.SW, i, false, false);
            case BEQ -> branch(Kind.BEQ, i, pc, false);
            case BNE -> branch(Kind.BNE, i, pc, false);
            case BLT -> branch(Kind.BLT, i, pc, true);
            case BLTU -> branch(Kind.BLT, i, pc, false);
            case BGE -> branch(Kind.BGE, i, pc, true);
            case BGEU -> branch(Kind.BGE, i, pc, false);
            case JALR ->
                new InstructionCode(
                        Kind.JALR,
                        i.rs1(),
                        0,
                        i.rd(),
                        i.immediate(),
                        (pc + 4) & 0xFFFF,
                        false,
                        false,
                        false,
                        i.rd() != 0);
            case ECALL ->
                new InstructionCode(
                        Kind.ECALL,
                        Syscall.REGISTER_A0,
                        Syscall.REGISTER_T0,
                        Syscall.REGISTER_A1,
                        0,
                        0,
                        false,
                        false,
                        false,
                        true);
        };
    }

    private static InstructionCode compute(Kind kind, Instruction i, boolean signedA, boolean signedY) {
        boolean writes = i.rd() != 0;
        return new InstructionCode(kind, i.rs1(), i.rs2(), i.rd(), i.immediate(), 0, false, signedA, signedY, writes);
    }

    private static InstructionCode constant(Instruction i, int value, int target, boolean jump) {
        return new InstructionCode(Kind.ADD, 0, 0, i.rd(), value, target, jump, false, false, i.rd() != 0);
    }

    private static InstructionCode branch(Kind kind, Instruction i, int pc, boolean signed) {
        return new InstructionCode(kind, i.rs1(), i.rs2(), 0, 0, target(i, pc), false, signed, signed, false);
    }

    /** The address jumped to; one outside the text is replaced by {@link #NOWHERE}, lest it wrap modulo p. */
    private static int target(Instruction i, int pc) {
        int target = pc + i.immediate();
        return MemoryMap.isText(target) ? target : NOWHERE;
    }

    /** All flags in one element below 2^30; odd, so that a padding row of the program table is no instruction. */
    int packed() {
        int bits = 1 << kind.bit();
        bits |= jump ? 1 << JUMP_BIT : 0;
        bits |= signedA ? 1 << SIGNED_A_BIT : 0;
        bits |= signedY ? 1 << SIGNED_Y_BIT : 0;
        bits |= writes ? 1 << WRITES_BIT : 0;
        return 2 * bits + 1;
    }
}
