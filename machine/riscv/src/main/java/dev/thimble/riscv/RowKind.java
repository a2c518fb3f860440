package dev.thimble.riscv;

/** What a row of the execution log is. */
public enum RowKind {
    /** An executed instruction. */
    INSTRUCTION,
    /** One word of the system call of the ECALL row above. */
    TRANSFER
}
