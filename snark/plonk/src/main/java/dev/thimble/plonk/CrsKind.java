package dev.thimble.plonk;

/** Where a common reference string comes from, as far as its [τ]₂ tells. */
public enum CrsKind {
    /** Its [τ]₂ is that of a public ceremony whose value is known here. */
    CEREMONY,
    /** Nothing is known about it. Production accepts it only if its [τ]₂ is pinned by the operator. */
    UNKNOWN,
    /** Made from a seed: whoever has the seed forges proofs. Never accepted in production. */
    DEVELOPMENT
}
