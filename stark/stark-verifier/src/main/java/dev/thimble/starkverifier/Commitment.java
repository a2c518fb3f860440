package dev.thimble.starkverifier;

/** The matrices that a proof commits to, in the order of the transcript. */
public enum Commitment {
    /** Committed at key generation; its cap is part of the verification key. */
    PREPROCESSED,
    /** Committed before the batch challenge. */
    SHARED,
    /** Committed before the lookup challenges. */
    MAIN,
    /** Helpers and running sums of the buses. */
    LOOKUP,
    /** The chunks of the constraint quotient. */
    QUOTIENT
}
