package dev.thimble.starkverifier;

import dev.thimble.air.AirProgram;
import dev.thimble.field.Ext4;
import dev.thimble.fri.FriVerifier;
import dev.thimble.fri.Grinding;
import dev.thimble.hash.Domain;
import dev.thimble.transcript.Transcript;
import java.util.List;
import java.util.Optional;

/**
 * What the verifier says in the interactive protocol, recomputed from what the prover said. The order is: verification
 * key, public inputs, shared cap, main cap, lookup challenges, lookup cap and global sum, α, quotient cap, ζ, openings, β,
 * FRI layers, final polynomial, query positions; each challenge after its grinding nonce. Everything that a later step
 * depends on is observed, and nothing has a variable length.
 *
 * @param lookup the values that the tape reads besides columns, numbered as {@link dev.thimble.air.Challenges}
 * @param alpha combines the constraints
 * @param zeta the out-of-domain point
 * @param beta batches the openings
 * @param fri folding challenges and query positions
 * @param transcriptPermutations the permutations that the transcript took
 */
public record StarkChallenges(
        List<Ext4> lookup, Ext4 alpha, Ext4 zeta, Ext4 beta, FriVerifier.Challenges fri, long transcriptPermutations) {

    public StarkChallenges {
        lookup = List.copyOf(lookup);
    }

    /**
     * Replays the transcript of a proof.
     *
     * <p><i>Assumes:</i> inputs and proof have the shapes of the key.
     *
     * @return empty if a grinding nonce is wrong
     */
    public static Optional<StarkChallenges> replay(VerifyingKey key, PublicInputs inputs, StarkProof proof) {
        Grinding grinding = key.parameters().grinding();
        StarkProof.Nonces nonces = proof.nonces();
        // 1 ----- verification key and public inputs
        Transcript transcript = start(key, inputs);
        // 2 ----- shared columns, then main columns
        observeCap(key, transcript, proof, Commitment.SHARED);
        observeCap(key, transcript, proof, Commitment.MAIN);
        // 3 ----- challenges of the local buses
        boolean ground = transcript.checkGrinding(lookupGrinding(key), nonces.lookup());
        Ext4[] lookup = lookupChallenges(key, inputs, transcript, proof.globalSum());
        // 4 ----- lookup columns and the global sum
        observeCap(key, transcript, proof, Commitment.LOOKUP);
        observeSum(key, transcript, proof.globalSum());
        // 5 ----- constraint challenge, quotient
        ground &= transcript.checkGrinding(grinding.alpha(), nonces.alpha());
        Ext4 alpha = transcript.sampleExt();
        observeCap(key, transcript, proof, Commitment.QUOTIENT);
        // 6 ----- out-of-domain point, openings
        ground &= transcript.checkGrinding(grinding.zeta(), nonces.zeta());
        Ext4 zeta = transcript.sampleExt();
        proof.current().forEach(transcript::observe);
        proof.next().forEach(transcript::observe);
        // 7 ----- batching challenge, FRI commit phase, final polynomial, query positions
        ground &= transcript.checkGrinding(grinding.batching(), nonces.batching());
        Ext4 beta = transcript.sampleExt();
        FriVerifier fri = new FriVerifier(key.parameters(), key.shape().logRows(), key.sponge());
        Optional<FriVerifier.Challenges> friChallenges = fri.challenges(proof.fri(), transcript);
        return ground
                ? friChallenges.map(challenges ->
                        new StarkChallenges(List.of(lookup), alpha, zeta, beta, challenges, transcript.permutations()))
                : Optional.empty();
    }

    /** Starts the transcript of a proof: verification key, then public inputs. */
    public static Transcript start(VerifyingKey key, PublicInputs inputs) {
        Transcript transcript = new Transcript(key.protocol().permutation(), Domain.TRANSCRIPT);
        transcript.observe(key.digest());
        inputs.batchSeed().ifPresent(transcript::observe);
        transcript.observe(inputs.elements());
        return transcript;
    }

    /** The grinding bits before the local challenges; none for a circuit without local buses, which samples none. */
    public static int lookupGrinding(VerifyingKey key) {
        return hasLocal(key.program()) ? key.parameters().grinding().lookup() : 0;
    }

    /** Samples the local challenges, if there are local buses, and joins them with the global ones. */
    public static Ext4[] lookupChallenges(
            VerifyingKey key, PublicInputs inputs, Transcript transcript, Ext4 globalSum) {
        Ext4[] local = hasLocal(key.program()) ? LookupChallenges.sample(transcript) : LookupChallenges.none();
        Ext4[] global = inputs.batchSeed()
                .map(seed -> LookupChallenges.expand(key.protocol().permutation(), seed))
                .orElseGet(LookupChallenges::none);
        return LookupChallenges.all(local, global, globalSum);
    }

    /** Observes the global sum of a circuit that has one. */
    public static void observeSum(VerifyingKey key, Transcript transcript, Ext4 globalSum) {
        if (key.program().hasGlobalInteractions()) {
            transcript.observe(globalSum);
        }
    }

    private static boolean hasLocal(AirProgram program) {
        return program.lookup().localAccumulator() >= 0;
    }

    private static void observeCap(VerifyingKey key, Transcript transcript, StarkProof proof, Commitment commitment) {
        if (key.shape().has(commitment)) {
            transcript.observe(proof.cap(key.shape(), commitment).digest(key.sponge()));
        }
    }
}
