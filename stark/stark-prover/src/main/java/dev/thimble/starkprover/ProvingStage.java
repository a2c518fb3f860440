package dev.thimble.starkprover;

/** The stages of proving, in order. */
public enum ProvingStage {
    /** Committing to the shared columns. */
    SHARED,
    /** Committing to the main columns. */
    MAIN,
    /** Computing and committing to helpers and running sums. */
    LOOKUP,
    /** Evaluating the constraints and committing to their quotient. */
    QUOTIENT,
    /** Opening all columns at the out-of-domain points and batching them. */
    OPENINGS,
    /** The low-degree proof, grinding and queries. */
    FRI
}
