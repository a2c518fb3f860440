package dev.thimble.starkverifier;

import dev.thimble.hash.Poseidon2;
import dev.thimble.hash.Sponge;
import java.util.Arrays;
import java.util.Optional;

/** A protocol version: it decides the permutation that every hash of a proof uses. */
public enum Protocol {
    /** Poseidon2 of width 16 with 8 + 20 rounds. */
    V1(1),
    /** Poseidon2 of width 16 with 10 + 20 rounds. */
    ROBUST(2);

    private final int number;

    Protocol(int number) {
        this.number = number;
    }

    /** The version's number in proofs and keys. */
    public int number() {
        return number;
    }

    public Poseidon2 permutation() {
        return switch (this) {
            case V1 -> Poseidon2.V1;
            case ROBUST -> Poseidon2.ROBUST;
        };
    }

    public Sponge sponge() {
        return new Sponge(permutation());
    }

    /** The version of a number, if there is one. */
    public static Optional<Protocol> ofNumber(int number) {
        return Arrays.stream(values()).filter(p -> p.number == number).findFirst();
    }
}
