package dev.thimble.air;

/**
 * When a column is committed. Order is the order of commitment; a value may depend on challenges drawn before its stage.
 */
public enum Stage {
    /** Known at key generation and bound by the verification key. */
    PREPROCESSED,
    /** Committed by the witness generator before the batch challenge is drawn; everything in a global message. */
    SHARED,
    /** Committed by the prover before the challenges of the local buses are drawn. */
    MAIN,
    /** Extension columns derived from the buses: helpers and accumulators, four base columns each. */
    LOOKUP
}
