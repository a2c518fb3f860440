package dev.thimble.hash;

import java.util.Optional;

/** Which twin of the bulk hashing this process uses. */
final class HashKernelChoice {
    private HashKernelChoice() {}

    static Optional<HashKernels> vector(Poseidon2Parameters parameters) {
        return Optional.empty();
    }

    static HashKernels best(Poseidon2Parameters parameters) {
        return vector(parameters).orElseGet(() -> HashKernels.scalar(parameters));
    }
}
