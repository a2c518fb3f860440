package dev.thimble.riscv;

/** Instruction formats of the RISC-V unprivileged specification (version 20240411, section 2.2). */
public enum Format {
    /** Two source registers, one target. */
    REGISTER,
    /** One source register, a 12-bit immediate, one target. */
    IMMEDIATE,
    /** A load: as {@link #IMMEDIATE}, the immediate is an address offset. */
    LOAD,
    /** Two source registers, a 12-bit address offset. */
    STORE,
    /** Two source registers, a 13-bit even branch offset. */
    BRANCH,
    /** A target and a 20-bit upper immediate. */
    UPPER,
    /** A target and a 21-bit even jump offset. */
    JUMP,
    /** ECALL, EBREAK, and what is no instruction. */
    SYSTEM
}
