package dev.thimble.riscvcircuits;

/** The proofs of a batch, in a folder or an object store: untrusted bytes. May be read several times and in any order. */
public interface BatchProofs {
    /** How many instances of a type there are. */
    int count(CircuitType type);

    /** The bytes of one proof; {@code index} is below the count. */
    byte[] read(CircuitType type, int index);
}
