package dev.thimble.starkprover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thimble.air.AirProgram;
import dev.thimble.air.Trace;
import dev.thimble.fri.FriParameters;
import dev.thimble.hash.Digest;
import dev.thimble.hash.Domain;
import dev.thimble.merkle.MerkleCap;
import dev.thimble.merkle.MerkleOpening;
import dev.thimble.starkverifier.LookupChallenges;
import dev.thimble.starkverifier.PublicInputs;
import dev.thimble.starkverifier.StarkChallenges;
import dev.thimble.starkverifier.StarkProof;
import dev.thimble.starkverifier.VerifierCost;
import dev.thimble.starkverifier.VerifyingKey;
import dev.thimble.transcript.Transcript;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class VerifierCostTest {
    private static final Digest BATCH = Digest.of(1, 2, 3, 4, 5, 6, 7, 8);

    /** The model against the parts of a real proof and the permutations that the prover's transcript took. */
    @Test
    void permutationsAreThoseOfARealProof() {
        ProvingKey provingKey = Circuits.everythingKey(7);
        VerifyingKey key = provingKey.verifyingKey();
        Trace trace = Circuits.Everything.trace(key.program(), true, 5);
        PublicInputs inputs = PublicInputs.ofBatch(BATCH, Circuits.Everything.lastY(trace));
        StarkProof proof = StarkProver.prove(provingKey, trace, inputs, Circuits.ENGINE, ProgressListener.none());
        VerifierCost cost = VerifierCost.of(key.program(), key.parameters());
        List<MerkleOpening> openings = Stream.concat(proof.queries().stream(), proof.fri().queries().stream())
                .flatMap(List::stream)
                .toList();
        assertThat(cost.leafPermutations())
                .isEqualTo(openings.stream()
                        .mapToLong(opening -> (opening.width() + 7) / 8)
                        .sum());
        assertThat(cost.pathPermutations())
                .isEqualTo(openings.stream()
                        .mapToLong(opening -> opening.path().siblings().size())
                        .sum());
        assertThat(cost.capPermutations())
                .isEqualTo(Stream.concat(proof.caps().stream(), proof.fri().caps().stream())
                        .mapToLong(cap -> cap.digests().size())
                        .sum());
        assertThat(cost.keyPermutations())
                .isEqualTo(1
                        + key.preprocessedCap()
                                .map(MerkleCap::digests)
                                .orElseThrow()
                                .size());
        Transcript expansion = new Transcript(key.protocol().permutation(), Domain.CHALLENGE);
        expansion.observe(BATCH);
        LookupChallenges.sample(expansion);
        assertThat(cost.transcriptPermutations())
                .isEqualTo(transcriptPermutations(key, inputs, proof) + expansion.permutations());
    }

    private static long transcriptPermutations(VerifyingKey key, PublicInputs inputs, StarkProof proof) {
        return StarkChallenges.replay(key, inputs, proof).orElseThrow().transcriptPermutations();
    }

    /** The main machine's size: 29,000 permutations within the model's 15 %. */
    @Test
    void theWideCircuitCostsWhatTheDesignSays() {
        VerifierCost cost = VerifierCost.of(AirProgram.compile(new SyntheticCircuit(18)), FriParameters.BASE);
        assertThat((double) cost.permutations()).isCloseTo(29_000, within(0.15 * 29_000));
        assertThat(cost.baseMultiplyAdds()).isGreaterThan(196L * 260);
    }
}
