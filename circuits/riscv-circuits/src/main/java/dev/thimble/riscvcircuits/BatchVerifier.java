package dev.thimble.riscvcircuits;

import dev.thimble.field.Ext4;
import dev.thimble.field.Workers;
import dev.thimble.fri.Verdict;
import dev.thimble.hash.Digest;
import dev.thimble.starkverifier.LookupChallenges;
import dev.thimble.starkverifier.PublicInputs;
import dev.thimble.starkverifier.StarkProof;
import dev.thimble.starkverifier.StarkVerifier;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Checks all proofs of a batch together: the specification that the scheduler circuit implements.
 *
 * <p>If it accepts, then (up to the error that {@code thimble security} prints) some input and hints make the program of the
 * keys, started at its entry, halt with exit code 0 and commit exactly the claimed output.
 *
 * <p>Total: whatever the bytes, the claim or the counts are, the answer is a verdict. Reads every proof twice, so that a batch
 * of any size needs the memory of one proof per thread; a proof that differs between the two reads is rejected.
 */
public final class BatchVerifier {
    private final BasicKeys keys;
    private final int entryPc;
    private final Workers workers;

    /**
     * Makes a verifier.
     *
     * @param keys keys of the program, from where the caller trusts: computed from program and build
     * @param entryPc byte address at which the program starts
     */
    public BatchVerifier(BasicKeys keys, int entryPc, Workers workers) {
        this.keys = keys;
        this.entryPc = entryPc;
        this.workers = workers;
    }

    /** One proof of the batch with the digest of its shared columns. */
    private record Instance(CircuitType type, int index, Digest shared) {}

    /** Ends a check with a reason. */
    private static final class Refusal extends RuntimeException {
        final String reason;

        Refusal(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }
    }

    /** Verifies. */
    public Verdict verify(BatchClaim claim, BatchProofs proofs) {
        try {
            check(claim, proofs);
            return Verdict.accepted();
        } catch (Refusal refusal) {
            return Verdict.rejected(refusal.reason);
        }
    }

    private void check(BatchClaim claim, BatchProofs proofs) {
        // 1 ----- counts and boundary: the claim has a form that the global bus can close
        Map<CircuitType, Long> counts = counts(proofs);
        BatchBoundary boundary = boundary(claim, counts);
        // 2 ----- the shared digests, each computed from the cap in its proof
        List<Instance> instances = instances(proofs, counts);
        // 3 ----- the batch seed with its grinding
        Map<CircuitType, List<Digest>> shared = instances.stream()
                .collect(Collectors.groupingBy(
                        Instance::type, Collectors.mapping(Instance::shared, Collectors.toList())));
        Digest root = new BatchTree(keys.protocol().sponge(), keys.profile()).root(shared);
        BatchSeed seed = BatchSeed.check(keys.protocol(), keys.vkSet(), boundary, root, claim.nonce())
                .orElseThrow(() -> new Refusal("the nonce of the batch seed is wrong"));
        // 4 ----- every proof, under that seed
        Ext4 sum = verifyAll(proofs, instances, seed);
        // 5 ----- the global buses close with the boundary messages
        if (!sum.plus(boundarySum(boundary, seed)).isZero()) {
            throw new Refusal("the global buses do not balance");
        }
    }

    /** The number of proofs of each type, asked for once: what is checked of it is what is verified. */
    private Map<CircuitType, Long> counts(BatchProofs proofs) {
        Map<CircuitType, Long> counts = new EnumMap<>(CircuitType.class);
        for (CircuitType type : CircuitType.values()) {
            int count = proofs.count(type);
            if (count < type.minimumInstances()) {
                throw new Refusal("there are " + count + " proofs of " + type);
            }
            counts.put(type, (long) count);
        }
        BatchLimits.complaint(keys.programs(), counts).ifPresent(reason -> {
            throw new Refusal("the batch is too large: " + reason);
        });
        return counts;
    }

    private BatchBoundary boundary(BatchClaim claim, Map<CircuitType, Long> counts) {
        if (claim.output().size() != BatchBoundary.OUTPUT_WORDS) {
            throw new Refusal("the output has " + claim.output().size() + " words instead of 8");
        }
        return new BatchBoundary(
                entryPc, count(counts, CircuitType.MAIN_VM), count(counts, CircuitType.MEMORY), claim.output());
    }

    private static int count(Map<CircuitType, Long> counts, CircuitType type) {
        return Math.toIntExact(counts.getOrDefault(type, 0L));
    }

    private List<Instance> instances(BatchProofs proofs, Map<CircuitType, Long> counts) {
        List<Instance> instances = new ArrayList<>();
        for (CircuitType type : CircuitType.values()) {
            Instance[] ofType = new Instance[count(counts, type)];
            workers.forEach(
                    ofType.length,
                    i -> ofType[i] = new Instance(type, i, sharedDigest(type, i, decode(proofs, type, i))));
            instances.addAll(List.of(ofType));
        }
        return instances;
    }

    private StarkProof decode(BatchProofs proofs, CircuitType type, int index) {
        return switch (StarkProof.decode(keys.key(type), proofs.read(type, index))) {
            case StarkProof.Decoded.Proof(StarkProof proof) -> proof;
            case StarkProof.Decoded.Malformed(String reason) -> throw new Refusal(name(type, index) + reason);
        };
    }

    private Digest sharedDigest(CircuitType type, int index, StarkProof proof) {
        Optional<Digest> digest = proof.sharedDigest(keys.key(type));
        return digest.orElseThrow(() -> new Refusal(name(type, index) + "no shared columns"));
    }

    private Ext4 verifyAll(BatchProofs proofs, List<Instance> instances, BatchSeed seed) {
        Ext4[] sums = new Ext4[instances.size()];
        workers.forEach(sums.length, i -> sums[i] = verify(proofs, instances.get(i), seed));
        Ext4 sum = Ext4.ZERO;
        for (Ext4 part : sums) {
            sum = sum.plus(part);
        }
        return sum;
    }

    private Ext4 verify(BatchProofs proofs, Instance instance, BatchSeed seed) {
        CircuitType type = instance.type;
        StarkProof proof = decode(proofs, type, instance.index);
        if (!sharedDigest(type, instance.index, proof).equals(instance.shared)) {
            throw new Refusal(name(type, instance.index) + "it changed while it was read");
        }
        return switch (StarkVerifier.verify(keys.key(type), PublicInputs.ofBatch(seed.digest()), proof)) {
            case Verdict.Accepted ignored -> proof.globalSum();
            case Verdict.Rejected(String reason) -> throw new Refusal(name(type, instance.index) + reason);
        };
    }

    private Ext4 boundarySum(BatchBoundary boundary, BatchSeed seed) {
        Ext4[] challenges = LookupChallenges.expand(keys.protocol().permutation(), seed.digest());
        Ext4 sum = Ext4.ZERO;
        for (BatchBoundary.Message message : boundary.messages()) {
            Ext4 fingerprint = LookupChallenges.fingerprint(challenges, message.bus(), message.tuple());
            if (fingerprint.isZero()) {
                throw new Refusal("a boundary message has fingerprint zero");
            }
            sum = message.sign() > 0 ? sum.plus(fingerprint.inverse()) : sum.minus(fingerprint.inverse());
        }
        return sum;
    }

    private static String name(CircuitType type, int index) {
        return "proof " + index + " of " + type + ": ";
    }
}
