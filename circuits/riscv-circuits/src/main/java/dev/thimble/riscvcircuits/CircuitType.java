package dev.thimble.riscvcircuits;

/** The basic circuits, with the numbers that stand for them in hashes and headers. */
public enum CircuitType {
    MAIN_VM(1),
    MEMORY(2);

    private final int id;

    CircuitType(int id) {
        this.id = id;
    }

    public int id() {
        return id;
    }

    /** The number of this type in a profile: what keys, proofs and the batch's tree carry. */
    public int id(Profile profile) {
        return (profile.number() << 8) + id;
    }

    /**
     * How many proofs of this type one leaf aggregation verifies at most. It shapes the batch's tree of shared digests, so
     * it is part of the protocol.
     */
    public int leafArity() {
        return 8;
    }
}
