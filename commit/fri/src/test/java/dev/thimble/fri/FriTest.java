package dev.thimble.fri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thimble.field.Ext4;
import dev.thimble.field.FieldKernels;
import dev.thimble.field.KoalaBear;
import dev.thimble.field.Workers;
import dev.thimble.hash.Domain;
import dev.thimble.hash.HashKernels;
import dev.thimble.hash.Poseidon2;
import dev.thimble.hash.Sponge;
import dev.thimble.poly.CosetLde;
import dev.thimble.transcript.Transcript;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FriTest {
    private static final long SEED = 20261122;
    private static final Grinding GRINDING = new Grinding(0, 0, 0, 0, List.of(3, 2), 4);

    @ParameterizedTest
    @CsvSource({"8, 1, 3", "7, 1, 3", "6, 1, 3", "5, 3, 3", "4, 1, 3", "2, 2, 3", "9, 1, 1", "10, 2, 4", "0, 1, 3"})
    void honestProofsAreAccepted(int logDegree, int logBlowup, int logArity) {
        FriParameters parameters = new FriParameters(logBlowup, 20, logArity, 4, 2, GRINDING, Regime.uniqueDecoding());
        Codeword word = codeword(logDegree, logBlowup, 1 << logDegree);
        FriProof proof = prove(parameters, word);
        assertThat(verify(parameters, logDegree, word, proof)).isEqualTo(Verdict.accepted());
        assertThat(verify(parameters, logDegree, word, reread(parameters, logDegree, proof)))
                .isEqualTo(Verdict.accepted());
    }

    @Test
    void foldingKeepsTheEvenAndOddPartsApart() {
        int logDegree = 6;
        Codeword word = codeword(logDegree, 1, 1 << logDegree);
        Ext4 beta = new Ext4(5, 6, 7, 8);
        Codeword folded = word.fold(3, beta, Workers.single());
        Ext4[] coefficients = word.interpolate(logDegree);
        Ext4[] foldedCoefficients = folded.interpolate(logDegree - 3);
        for (int i = 0; i < foldedCoefficients.length; i++) {
            Ext4 expected = Ext4.ZERO;
            for (int j = 7; j >= 0; j--) {
                expected = expected.times(beta).plus(coefficients[8 * i + j]);
            }
            assertThat(foldedCoefficients[i]).isEqualTo(expected);
        }
    }

    @Test
    void aFunctionOfHighDegreeCannotBeProven() {
        FriParameters parameters = new FriParameters(1, 20, 3, 4, 2, GRINDING, Regime.uniqueDecoding());
        Codeword word = codeword(8, 1, (1 << 8) + 1);
        assertThatThrownBy(() -> prove(parameters, word)).hasMessageContaining("low degree");
    }

    /** Attack: commit to a word that differs from the queried function in half of the places. */
    @Test
    void aFarFunctionIsRejected() {
        FriParameters parameters = new FriParameters(1, 60, 3, 4, 2, GRINDING, Regime.uniqueDecoding());
        Codeword word = codeword(8, 1, 1 << 8);
        FriProof proof = prove(parameters, word);
        int[][] far = new int[4][1 << 9];
        for (int row = 0; row < 1 << 9; row++) {
            word.value(row).plus(row % 2).storeColumns(far, row);
        }
        assertThat(verify(parameters, 8, new Codeword(far, 9, KoalaBear.GENERATOR), proof))
                .isInstanceOf(Verdict.Rejected.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {SEED, SEED + 1})
    void everyChangedWordIsRejected(long seed) {
        FriParameters parameters = new FriParameters(1, 12, 3, 4, 2, GRINDING, Regime.uniqueDecoding());
        Codeword word = codeword(7, 1, 1 << 7);
        byte[] bytes = bytes(parameters, 7, prove(parameters, word));
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 200; i++) {
            byte[] changed = bytes.clone();
            int position = random.nextInt(bytes.length / 4) * 4 + random.nextInt(3);
            changed[position] ^= (byte) (1 << random.nextInt(8));
            if (ElementReader.allCanonical(changed, 0)) {
                FriProof proof = FriProof.read(parameters, 7, new ElementReader(changed, 0));
                assertThat(verify(parameters, 7, word, proof))
                        .as("seed %d, byte %d", seed, position)
                        .isInstanceOf(Verdict.Rejected.class);
            }
        }
    }

    @Test
    void otherShapesAreRejected() {
        FriParameters parameters = new FriParameters(1, 12, 3, 4, 2, GRINDING, Regime.uniqueDecoding());
        Codeword word = codeword(7, 1, 1 << 7);
        FriProof proof = prove(parameters, word);
        FriProof noCaps =
                new FriProof(List.of(), List.of(), proof.finalPolynomial(), proof.queryNonce(), proof.queries());
        FriProof fewQueries = new FriProof(
                proof.caps(),
                proof.foldNonces(),
                proof.finalPolynomial(),
                proof.queryNonce(),
                proof.queries().subList(0, 11));
        FriProof longPolynomial =
                new FriProof(proof.caps(), proof.foldNonces(), twice(proof.finalPolynomial()), 0, proof.queries());
        for (FriProof bad : List.of(noCaps, fewQueries, longPolynomial)) {
            assertThat(verify(parameters, 7, word, bad)).isInstanceOf(Verdict.Rejected.class);
        }
    }

    @Test
    void threadsAndKernelsGiveEqualProofs() {
        FriParameters parameters = new FriParameters(1, 12, 3, 4, 2, GRINDING, Regime.uniqueDecoding());
        Codeword word = codeword(8, 1, 1 << 8);
        byte[] expected = bytes(parameters, 8, prove(parameters, word));
        try (Workers two = new Workers(2)) {
            assertThat(bytes(parameters, 8, prove(parameters, word, two, HashKernels.scalar())))
                    .isEqualTo(expected);
            HashKernels.vector()
                    .ifPresent(kernels -> assertThat(bytes(parameters, 8, prove(parameters, word, two, kernels)))
                            .isEqualTo(expected));
        }
    }

    private static List<Ext4> twice(List<Ext4> list) {
        return java.util.stream.Stream.concat(list.stream(), list.stream()).toList();
    }

    /** A pseudo-random polynomial of {@code coefficients} coefficients on the coset of length 2^(logDegree + logBlowup). */
    private static Codeword codeword(int logDegree, int logBlowup, int coefficients) {
        SplittableRandom random = new SplittableRandom(SEED);
        CosetLde lde = new CosetLde(logDegree, logBlowup, FieldKernels.scalar());
        int[][] values = new int[4][];
        for (int c = 0; c < 4; c++) {
            values[c] = lde.evaluate(random.ints(coefficients, 0, KoalaBear.P).toArray());
        }
        return new Codeword(values, logDegree + logBlowup, KoalaBear.GENERATOR);
    }

    private static FriProof prove(FriParameters parameters, Codeword word) {
        return prove(parameters, word, Workers.single(), HashKernels.scalar());
    }

    private static FriProof prove(FriParameters parameters, Codeword word, Workers workers, HashKernels kernels) {
        return new FriProver(parameters, workers, kernels)
                .prove(word, transcript())
                .proof();
    }

    private static Verdict verify(FriParameters parameters, int logDegree, Codeword word, FriProof proof) {
        FriVerifier verifier = new FriVerifier(parameters, logDegree, Sponge.V1);
        Optional<FriVerifier.Challenges> challenges = verifier.challenges(proof, transcript());
        if (challenges.isEmpty()) {
            return Verdict.rejected("shape or grinding");
        }
        for (int query = 0; query < parameters.queries(); query++) {
            Ext4 value = word.value(challenges.get().positions().get(query));
            Verdict verdict = verifier.checkQuery(proof, challenges.get(), query, value);
            if (!verdict.isAccepted()) {
                return verdict;
            }
        }
        return Verdict.accepted();
    }

    private static byte[] bytes(FriParameters parameters, int logDegree, FriProof proof) {
        ElementWriter out = new ElementWriter(FriProof.sizeBytes(parameters, logDegree));
        proof.write(out);
        return out.bytes();
    }

    private static FriProof reread(FriParameters parameters, int logDegree, FriProof proof) {
        byte[] bytes = bytes(parameters, logDegree, proof);
        assertThat(ElementReader.allCanonical(bytes, 0)).isTrue();
        return FriProof.read(parameters, logDegree, new ElementReader(bytes, 0));
    }

    private static Transcript transcript() {
        return new Transcript(Poseidon2.V1, Domain.TRANSCRIPT);
    }
}
