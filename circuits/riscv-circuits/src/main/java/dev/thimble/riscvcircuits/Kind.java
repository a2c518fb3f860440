package dev.thimble.riscvcircuits;

import java.util.EnumSet;
import java.util.Set;

/**
 * What an instruction row computes. Several RISC-V operations share a kind: LUI, AUIPC and JAL are additions of constants,
 * the signed and unsigned twins differ in two flags, immediate forms in their operands.
 */
enum Kind {
    ADD(0),
    SUB(1),
    AND(2),
    OR(3),
    XOR(4),
    /** Less than: SLT, SLTU and their immediate forms. */
    SLT(5),
    SLL(6),
    /** SRL and SRA. */
    SRL(7),
    /** The low word of a product. */
    MUL(8),
    /** The high word of a product: MULH, MULHSU, MULHU. */
    MULH(9),
    DIV(10),
    REM(11),
    /** LB and LBU. */
    LB(12),
    /** LH and LHU. */
    LH(13),
    LW(14),
    SB(15),
    SH(16),
    SW(17),
    BEQ(18),
    BNE(19),
    /** BLT and BLTU. */
    BLT(20),
    /** BGE and BGEU. */
    BGE(21),
    JALR(22),
    /** A system call; which one is decided by t0 at run time. */
    ECALL(23);

    /** The sum of the adder is a + y. */
    static final Set<Kind> ADDS = EnumSet.of(ADD, LB, LH, LW, SB, SH, SW, JALR, ECALL);
    /** The sum of the adder is a − y. */
    static final Set<Kind> SUBTRACTS = EnumSet.of(SUB, SLT, BEQ, BNE, BLT, BGE);

    static final Set<Kind> STORES = EnumSet.of(SB, SH, SW);
    static final Set<Kind> LOADS_AND_STORES = EnumSet.of(LB, LH, LW, SB, SH, SW);
    /** The second operand is the immediate alone. */
    static final Set<Kind> IMMEDIATE_ONLY = EnumSet.of(SB, SH, SW, ECALL);
    /** The rows on which the x bytes are a quotient. */
    static final Set<Kind> HAS_QUOTIENT = EnumSet.of(DIV, REM, SRL);

    static final Set<Kind> MULTIPLIES = EnumSet.of(MUL, MULH, SLL, DIV, REM, SRL);

    private final int bit;

    Kind(int bit) {
        this.bit = bit;
    }

    /** The position of the kind's flag in the packed element of the program table. */
    int bit() {
        return bit;
    }
}
