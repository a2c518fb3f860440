package dev.thimble.riscv;

/** Why a program was stopped. A trap has no handler and no proof. */
public enum TrapKind {
    ILLEGAL_INSTRUCTION,
    BREAKPOINT,
    /** A taken jump to an address that is no multiple of 4; reported at the jump. */
    FETCH_MISALIGNED,
    /** An instruction fetch outside the program's text; reported at the target. */
    FETCH_FAULT,
    LOAD_MISALIGNED,
    /** A load outside RAM and input. */
    LOAD_FAULT,
    STORE_MISALIGNED,
    /** A store outside RAM. */
    STORE_FAULT,
    UNKNOWN_SYSCALL,
    /** COMMIT with an index above 7. */
    OUTPUT_INDEX,
    /** COMMIT of an index that is committed already. */
    OUTPUT_REPEATED,
    /** HALT with exit code 0 before all 8 output words are committed. */
    OUTPUT_INCOMPLETE,
    /** HINT with fewer than 8 words left in the hint stream. */
    HINT_EXHAUSTED,
    /** A precompile whose operands are outside its domain, such as a modulus 0; reported with the value of a0. */
    PRECOMPILE_OPERAND
}
