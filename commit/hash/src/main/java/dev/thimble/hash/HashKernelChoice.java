package dev.thimble.hash;

import dev.thimble.field.VectorTwins;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Which twin of the bulk hashing this process uses: one choice per instance of the permutation. */
final class HashKernelChoice {
    private static final Map<Poseidon2Parameters, HashKernels> BEST = new ConcurrentHashMap<>();

    private HashKernelChoice() {}

    static Optional<HashKernels> vector(Poseidon2Parameters parameters) {
        return VectorTwins.load(HashKernels.class, "dev.thimble.hash.vector.VectorHashKernels", parameters);
    }

    static HashKernels best(Poseidon2Parameters parameters) {
        return BEST.computeIfAbsent(parameters, HashKernelChoice::choose);
    }

    private static HashKernels choose(Poseidon2Parameters parameters) {
        HashKernels scalar = HashKernels.scalar(parameters);
        return vector(parameters)
                .<HashKernels>map(vector -> new WarmingHashKernels(scalar, vector))
                .orElse(scalar);
    }
}
