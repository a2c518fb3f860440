package dev.thimble.hash;

import java.util.Optional;

/**
 * Bulk hashing with one Poseidon2 instance. Digests are packed, eight Montgomery elements each: digest i of an array is
 * at [8i, 8i + 8). Twins give equal results; all are stateless and shared by threads.
 */
public interface HashKernels {
    /** Returns the twin in plain Java for protocol version 1. */
    static HashKernels scalar() {
        return scalar(Poseidon2Parameters.V1);
    }

    /** Returns the twin in plain Java. */
    static HashKernels scalar(Poseidon2Parameters parameters) {
        return new ScalarHashKernels(new Poseidon2(parameters));
    }

    /** Returns the Vector API twin for protocol version 1, or nothing in a JVM without the incubator module. */
    static Optional<HashKernels> vector() {
        return vector(Poseidon2Parameters.V1);
    }

    /** Returns the Vector API twin, or nothing in a JVM without the incubator module. */
    static Optional<HashKernels> vector(Poseidon2Parameters parameters) {
        return HashKernelChoice.vector(parameters);
    }

    /** Returns the twin to prove with for protocol version 1; see {@link #best(Poseidon2Parameters)}. */
    static HashKernels best() {
        return best(Poseidon2Parameters.V1);
    }

    /**
     * Returns the twin to prove with: one that starts with the scalar twin and changes to the vector twin as soon as
     * that is compiled, or the scalar twin (with a logged reason) where there is no other.
     */
    static HashKernels best(Poseidon2Parameters parameters) {
        return HashKernelChoice.best(parameters);
    }

    /** The twin's name, for logs and reports. */
    String name();

    /** The permutation that these kernels apply in bulk. */
    Poseidon2 permutation();

    /**
     * Hashes the rows [fromRow, toRow) of a column-major matrix: digest r = {@link Sponge#leaf} of (columns[0][r],
     * columns[1][r], ...).
     */
    void leaves(int[][] columns, int fromRow, int toRow, int[] digests);

    /** Compresses pairs: parent i = {@link Sponge#compress} of the children 2i and 2i + 1, for i in [from, to). */
    void compress(int[] children, int from, int to, int[] parents);

    /**
     * Permutes {@code count} states in place, element-major: element j of state i is at states[j * count + i].
     */
    void permute(int[] states, int count);
}
