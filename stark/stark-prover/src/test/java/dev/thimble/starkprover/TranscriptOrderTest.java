package dev.thimble.starkprover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.air.Challenges;
import dev.thimble.air.Trace;
import dev.thimble.field.Ext4;
import dev.thimble.field.KoalaBear;
import dev.thimble.fri.FriParameters;
import dev.thimble.fri.FriProof;
import dev.thimble.fri.Grinding;
import dev.thimble.fri.Regime;
import dev.thimble.hash.Digest;
import dev.thimble.merkle.MerkleCap;
import dev.thimble.starkverifier.PublicInputs;
import dev.thimble.starkverifier.StarkChallenges;
import dev.thimble.starkverifier.StarkProof;
import dev.thimble.starkverifier.VerifyingKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Attack: choose a value after the challenge that should depend on it. Every value that the prover sends must change all
 * later challenges, and no earlier one.
 */
final class TranscriptOrderTest {
    private static final Digest BATCH = Digest.of(1, 2, 3, 4, 5, 6, 7, 8);
    private static final FriParameters PARAMETERS =
            new FriParameters(1, 196, 2, 2, 2, Grinding.NONE, Regime.uniqueDecoding());

    private static VerifyingKey key;
    private static PublicInputs inputs;
    private static StarkProof proof;
    private static List<Object> honest;

    @BeforeAll
    static void prove() {
        ProvingKey provingKey = Circuits.everythingKey(6, PARAMETERS, Circuits.ENGINE);
        key = provingKey.verifyingKey();
        Trace trace = Circuits.Everything.trace(key.program(), true, 5);
        inputs = PublicInputs.ofBatch(BATCH, Circuits.Everything.lastY(trace));
        proof = StarkProver.prove(provingKey, trace, inputs, Circuits.ENGINE, ProgressListener.none());
        honest = challenges(key, inputs, proof);
        assertThat(honest).hasSize(4 + 2 + 1);
    }

    @Test
    void keyAndPublicInputsComeFirst() {
        ProvingKey other = Circuits.everythingKey(6, parameters(195), Circuits.ENGINE);
        assertThat(challenges(other.verifyingKey(), inputs, withQueries(195)).getFirst())
                .isNotEqualTo(honest.getFirst());
        int y = inputs.elements()[0];
        assertChangesFrom(0, challenges(key, PublicInputs.ofBatch(BATCH, KoalaBear.add(y, 1)), proof));
        Digest otherSeed = Digest.of(2, 2, 3, 4, 5, 6, 7, 8);
        assertChangesFrom(0, challenges(key, PublicInputs.ofBatch(otherSeed, y), proof));
    }

    @Test
    void capsComeBeforeTheirChallenges() {
        int[] firstChanged = {0, 0, 1, 2};
        for (int i = 0; i < firstChanged.length; i++) {
            List<MerkleCap> caps = new ArrayList<>(proof.caps());
            caps.set(i, changed(caps.get(i)));
            assertChangesFrom(
                    firstChanged[i], challenges(with(caps, proof.globalSum(), proof.current(), proof.next())));
        }
    }

    @Test
    void theGlobalSumComesBeforeAlpha() {
        Ext4 sum = proof.globalSum().plus(1);
        assertChangesFrom(1, challenges(with(proof.caps(), sum, proof.current(), proof.next())));
    }

    @Test
    void everyOpeningComesBeforeBeta() {
        for (int i = 0; i < proof.current().size(); i++) {
            List<Ext4> current = changed(proof.current(), i);
            assertChangesFrom(3, challenges(with(proof.caps(), proof.globalSum(), current, proof.next())));
        }
        for (int i = 0; i < proof.next().size(); i++) {
            List<Ext4> next = changed(proof.next(), i);
            assertChangesFrom(3, challenges(with(proof.caps(), proof.globalSum(), proof.current(), next)));
        }
    }

    @Test
    void friLayersComeBeforeTheirChallenges() {
        FriProof fri = proof.fri();
        for (int i = 0; i < fri.caps().size(); i++) {
            List<MerkleCap> caps = new ArrayList<>(fri.caps());
            caps.set(i, changed(caps.get(i)));
            assertChangesFrom(
                    4 + i,
                    challenges(with(new FriProof(
                            caps, fri.foldNonces(), fri.finalPolynomial(), fri.queryNonce(), fri.queries()))));
        }
        for (int i = 0; i < fri.finalPolynomial().size(); i++) {
            List<Ext4> polynomial = changed(fri.finalPolynomial(), i);
            assertChangesFrom(
                    6,
                    challenges(with(
                            new FriProof(fri.caps(), fri.foldNonces(), polynomial, fri.queryNonce(), fri.queries()))));
        }
    }

    private static void assertChangesFrom(int first, List<Object> challenges) {
        for (int i = 0; i < honest.size(); i++) {
            if (i < first) {
                assertThat(challenges.get(i)).as("challenge %d", i).isEqualTo(honest.get(i));
            } else {
                assertThat(challenges.get(i)).as("challenge %d", i).isNotEqualTo(honest.get(i));
            }
        }
    }

    private static List<Object> challenges(StarkProof changed) {
        return challenges(key, inputs, changed);
    }

    /** Local lookup challenges, α, ζ, β, folding challenges, positions. */
    private static List<Object> challenges(VerifyingKey key, PublicInputs inputs, StarkProof proof) {
        StarkChallenges challenges = StarkChallenges.replay(key, inputs, proof).orElseThrow();
        List<Object> list = new ArrayList<>();
        list.add(challenges.lookup().subList(0, Challenges.PER_SCOPE));
        list.add(challenges.alpha());
        list.add(challenges.zeta());
        list.add(challenges.beta());
        list.addAll(challenges.fri().folds());
        list.add(challenges.fri().positions());
        return list;
    }

    private static FriParameters parameters(int queries) {
        return new FriParameters(1, queries, 2, 2, 2, Grinding.NONE, Regime.uniqueDecoding());
    }

    private static StarkProof withQueries(int count) {
        FriProof fri = proof.fri();
        return with(new FriProof(
                fri.caps(),
                fri.foldNonces(),
                fri.finalPolynomial(),
                fri.queryNonce(),
                fri.queries().subList(0, count)));
    }

    private static StarkProof with(FriProof fri) {
        return new StarkProof(
                proof.caps(), proof.globalSum(), proof.nonces(), proof.current(), proof.next(), fri, proof.queries());
    }

    private static StarkProof with(List<MerkleCap> caps, Ext4 sum, List<Ext4> current, List<Ext4> next) {
        return new StarkProof(caps, sum, proof.nonces(), current, next, proof.fri(), proof.queries());
    }

    private static List<Ext4> changed(List<Ext4> values, int index) {
        List<Ext4> copy = new ArrayList<>(values);
        copy.set(index, copy.get(index).plus(1));
        return copy;
    }

    private static MerkleCap changed(MerkleCap cap) {
        List<Digest> digests = new ArrayList<>(cap.digests());
        digests.set(digests.size() - 1, BATCH);
        return new MerkleCap(digests);
    }
}
