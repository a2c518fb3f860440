package dev.thimble.hash;

/** What a sponge hash is of. The identifier goes into the capacity, so hashes of different domains never meet. */
public enum Domain {
    /** The digests of a tree's cap. */
    CAP(1),
    /** A verification key. */
    VERIFICATION_KEY(2),
    /** A list of digests. */
    LIST(3),
    /** A leaf of the batch's tree of shared commitments. */
    LEAF(4),
    /** A node of the batch's tree of shared commitments. */
    NODE(5),
    /** The seed of the batch challenge. */
    BATCH(6),
    /** The expansion of a seed into challenges. */
    CHALLENGE(7),
    /** The start of a transcript. */
    TRANSCRIPT(8),
    /** The constants of a protocol version or circuit. */
    CONSTANTS(9),
    /** The constraints of a circuit. */
    CONSTRAINTS(10),
    /** Public values of a proof. */
    PUBLIC_VALUES(11);

    private final int identifier;

    Domain(int identifier) {
        this.identifier = identifier;
    }

    /** The canonical integer that stands for this domain in the capacity. */
    public int identifier() {
        return identifier;
    }
}
