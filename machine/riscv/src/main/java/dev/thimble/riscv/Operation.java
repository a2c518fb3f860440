package dev.thimble.riscv;

/**
 * The operations of RV32IM. {@link #ILLEGAL} stands for every word that is none of them: it may lie in the text and
 * traps when executed.
 */
public enum Operation {
    ADD(Format.REGISTER),
    SUB(Format.REGISTER),
    SLL(Format.REGISTER),
    SLT(Format.REGISTER),
    SLTU(Format.REGISTER),
    XOR(Format.REGISTER),
    SRL(Format.REGISTER),
    SRA(Format.REGISTER),
    OR(Format.REGISTER),
    AND(Format.REGISTER),
    MUL(Format.REGISTER),
    MULH(Format.REGISTER),
    MULHSU(Format.REGISTER),
    MULHU(Format.REGISTER),
    DIV(Format.REGISTER),
    DIVU(Format.REGISTER),
    REM(Format.REGISTER),
    REMU(Format.REGISTER),
    ADDI(Format.IMMEDIATE, ADD),
    SLTI(Format.IMMEDIATE, SLT),
    SLTIU(Format.IMMEDIATE, SLTU),
    XORI(Format.IMMEDIATE, XOR),
    ORI(Format.IMMEDIATE, OR),
    ANDI(Format.IMMEDIATE, AND),
    SLLI(Format.IMMEDIATE, SLL),
    SRLI(Format.IMMEDIATE, SRL),
    SRAI(Format.IMMEDIATE, SRA),
    LUI(Format.UPPER),
    AUIPC(Format.UPPER),
    JAL(Format.JUMP),
    JALR(Format.IMMEDIATE),
    BEQ(Format.BRANCH),
    BNE(Format.BRANCH),
    BLT(Format.BRANCH),
    BGE(Format.BRANCH),
    BLTU(Format.BRANCH),
    BGEU(Format.BRANCH),
    LB(Format.LOAD),
    LH(Format.LOAD),
    LW(Format.LOAD),
    LBU(Format.LOAD),
    LHU(Format.LOAD),
    SB(Format.STORE),
    SH(Format.STORE),
    SW(Format.STORE),
    /** Memory ordering: no effect on one hart. Decoded with all register fields 0. */
    FENCE(Format.IMMEDIATE),
    /** System call; decoded with rs1 = t0, rs2 = a0, rd = a1, the registers its row accesses (a1 keeps its value). */
    ECALL(Format.SYSTEM),
    /** Breakpoint: always a trap. */
    EBREAK(Format.SYSTEM),
    /** Not an instruction of this machine: always a trap. */
    ILLEGAL(Format.SYSTEM);

    private final Format format;
    private final Operation base;

    Operation(Format format) {
        this.format = format;
        this.base = this;
    }

    Operation(Format format, Operation base) {
        this.format = format;
        this.base = base;
    }

    /** Returns the instruction format. */
    public Format format() {
        return format;
    }

    /** Returns the register-register operation an immediate operation computes (ADD for ADDI), otherwise this one. */
    public Operation base() {
        return base;
    }

    /** Tells whether the operation is one of the ALU's: result = base(rs1, rs2 or immediate). */
    public boolean isAlu() {
        return base.format == Format.REGISTER;
    }
}
