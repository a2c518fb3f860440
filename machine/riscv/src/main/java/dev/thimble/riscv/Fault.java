package dev.thimble.riscv;

/**
 * One wrong step, for tests: what a dishonest prover would write into one row and carry on from. The kinds are those of
 * Arguzz (arXiv 2509.10819, section 4).
 *
 * @param kind what goes wrong
 * @param row in which row
 * @param target register number for register kinds, word address for memory kinds, otherwise ignored
 * @param flip bits that are inverted, not 0
 */
public record Fault(Kind kind, int row, int target, int flip) {

    /** What goes wrong. */
    public enum Kind {
        /** The pc before the instruction is fetched. */
        PC_BEFORE,
        /** The pc after the instruction. */
        PC_AFTER,
        /** The fetched instruction word. */
        INSTRUCTION_WORD,
        /** The decision of a branch (the bits are ignored). */
        BRANCH,
        /** The result that an instruction other than a load writes. */
        RESULT,
        /** The result that a load writes. */
        LOAD_VALUE,
        /** The word that a store or a transfer writes. */
        STORE_VALUE,
        /** A register before the row. */
        REGISTER_BEFORE,
        /** A register after the row. */
        REGISTER_AFTER,
        /** A word before the row. */
        MEMORY_BEFORE,
        /** A word after the row. */
        MEMORY_AFTER
    }

    public Fault {
        if (flip == 0) {
            throw new IllegalArgumentException("flip 0 changes nothing");
        }
    }
}
