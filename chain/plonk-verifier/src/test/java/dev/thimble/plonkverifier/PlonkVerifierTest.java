package dev.thimble.plonkverifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.bn254.Fft;
import dev.thimble.bn254.Fr;
import dev.thimble.bn254.G1;
import dev.thimble.bn254.G2;
import dev.thimble.bn254.PrimeField;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks on the verifier, numbered as in docs/formats-l1.md; the module contracts puts them before three other verifiers as well. */
class PlonkVerifierTest {
    private static final long SEED = 20261127L;
    private static final Pattern NUMBER = Pattern.compile("\"(\\d{20,})\"");

    private static void assertRejected(String key, String proof, String inputs) {
        assertThat(PlonkVerifier.verify(key, proof, inputs)).isInstanceOf(Verdict.Rejected.class);
    }

    /** The text with its n-th long number replaced. */
    private static String replace(String text, int n, BigInteger... value) {
        Matcher matcher = NUMBER.matcher(text);
        for (int i = 0; i <= n; i++) {
            assertThat(matcher.find()).isTrue();
        }
        return text.substring(0, matcher.start(1)) + value[0] + text.substring(matcher.end(1));
    }

    private static List<BigInteger> numbers(String text) {
        return NUMBER.matcher(text)
                .results()
                .map(result -> new BigInteger(result.group(1)))
                .toList();
    }

    @Test
    void acceptsTheFixture() throws Exception {
        assertThat(PlonkVerifier.verify(Fixture.KEY, Fixture.PROOF, Fixture.INPUTS))
                .isEqualTo(new Verdict.Accepted());
        assertThat(VerificationKey.fromJson(Fixture.KEY).toJson()).isEqualTo(Fixture.KEY);
        assertThat(PlonkProof.fromJson(Fixture.PROOF).toJson()).isEqualTo(Fixture.PROOF);
    }

    @Test
    void number1UnreducedInputs() {
        BigInteger first = numbers(Fixture.INPUTS).getFirst();
        assertRejected(Fixture.KEY, Fixture.PROOF, replace(Fixture.INPUTS, 0, first.add(PrimeField.FR.modulus())));
    }

    @Test
    void number2EveryNumberOfProofInputsAndKey() {
        for (int i = 0; i < numbers(Fixture.PROOF).size(); i++) {
            BigInteger value = numbers(Fixture.PROOF).get(i).xor(BigInteger.ONE);
            assertRejected(Fixture.KEY, replace(Fixture.PROOF, i, value), Fixture.INPUTS);
        }
        for (int i = 0; i < 2; i++) {
            BigInteger value = numbers(Fixture.INPUTS).get(i).xor(BigInteger.ONE);
            assertRejected(Fixture.KEY, Fixture.PROOF, replace(Fixture.INPUTS, i, value));
        }
        for (int i = 0; i < numbers(Fixture.KEY).size(); i++) {
            BigInteger value = numbers(Fixture.KEY).get(i).xor(BigInteger.ONE);
            assertRejected(replace(Fixture.KEY, i, value), Fixture.PROOF, Fixture.INPUTS);
        }
    }

    /** Other points of the curve, so that the equation and not the form has to refuse them. */
    @Test
    void number2OtherPointsAndNumber3Openings() throws Exception {
        VerificationKey key = VerificationKey.fromJson(Fixture.KEY);
        PlonkProof proof = PlonkProof.fromJson(Fixture.PROOF);
        List<Fr> inputs = VerificationKey.publicInputsFromJson(Fixture.INPUTS);
        for (int i = 0; i < 9; i++) {
            for (G1 other : List.of(proof.points().get(i).negate(), G1.GENERATOR, G1.INFINITY)) {
                List<G1> points = new ArrayList<>(proof.points());
                points.set(i, other);
                assertThat(PlonkVerifier.verify(key, withPoints(proof, points), inputs))
                        .isInstanceOf(Verdict.Rejected.class);
            }
        }
        List<G1> swapped = new ArrayList<>(proof.points());
        swapped.set(7, proof.openingAtXiOmega());
        swapped.set(8, proof.openingAtXi());
        assertThat(PlonkVerifier.verify(key, withPoints(proof, swapped), inputs))
                .isInstanceOf(Verdict.Rejected.class);
        assertThat(PlonkVerifier.verify(key, withPoints(proof, points(G1.INFINITY)), inputs))
                .isInstanceOf(Verdict.Rejected.class);
        assertThat(PlonkVerifier.verify(key, withPoints(proof, points(G1.GENERATOR)), inputs))
                .isInstanceOf(Verdict.Rejected.class);
    }

    private static List<G1> points(G1 point) {
        return java.util.Collections.nCopies(9, point);
    }

    private static PlonkProof withPoints(PlonkProof p, List<G1> g) {
        return new PlonkProof(
                g.get(0),
                g.get(1),
                g.get(2),
                g.get(3),
                g.get(4),
                g.get(5),
                g.get(6),
                g.get(7),
                g.get(8),
                p.evalA(),
                p.evalB(),
                p.evalC(),
                p.evalS1(),
                p.evalS2(),
                p.evalZOmega());
    }

    @Test
    void number4UnreducedNumbersAndInfinity() {
        List<BigInteger> numbers = numbers(Fixture.PROOF);
        for (int i = 0; i < numbers.size(); i++) {
            BigInteger modulus = i < 18 ? PrimeField.FQ.modulus() : PrimeField.FR.modulus();
            assertRejected(Fixture.KEY, replace(Fixture.PROOF, i, numbers.get(i).add(modulus)), Fixture.INPUTS);
        }
        String infinity = Fixture.PROOF.replaceFirst("(?s)\"T3\": \\[.*?\\]", "\"T3\": [\"0\", \"1\", \"0\"]");
        assertThat(infinity).isNotEqualTo(Fixture.PROOF);
        assertRejected(Fixture.KEY, infinity, Fixture.INPUTS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[\"1\"]",
                "[\"1\",\"2\",\"3\"]",
                "{}",
                "null",
                "[1,2]",
                "[\"01\",\"2\"]",
                "[\"-1\",\"2\"]",
                ""
            })
    void number6OtherInputs(String inputs) {
        assertRejected(Fixture.KEY, Fixture.PROOF, inputs);
    }

    @Test
    void number6MissingUnknownAndRepeatedMembers() {
        String noT2 = Fixture.PROOF.replaceFirst("(?s) \"T2\": \\[.*?\\],", "");
        String extra = Fixture.PROOF.replaceFirst("\\{", "{\"more\": \"1\",");
        String twice = Fixture.PROOF.replaceFirst("\\{", "{\"eval_a\": \"1\",");
        for (String proof : List.of(noT2, extra, twice)) {
            assertThat(proof).isNotEqualTo(Fixture.PROOF);
            assertRejected(Fixture.KEY, proof, Fixture.INPUTS);
        }
        for (String other : List.of("fflonk", "groth16")) {
            assertRejected(Fixture.KEY, Fixture.PROOF.replace("plonk", other), Fixture.INPUTS);
            assertRejected(Fixture.KEY.replace("plonk", other), Fixture.PROOF, Fixture.INPUTS);
        }
        assertRejected(Fixture.KEY, Fixture.PROOF.replace("bn128", "bls12381"), Fixture.INPUTS);
    }

    /** No bytes make it throw. */
    @Test
    void damagedFilesAreRejected() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < 600; round++) {
            String[] files = {Fixture.KEY, Fixture.PROOF, Fixture.INPUTS};
            int chosen = random.nextInt(3);
            files[chosen] = damaged(files[chosen], random);
            String seen = files[chosen];
            Verdict verdict = PlonkVerifier.verify(files[0], files[1], files[2]);
            boolean sameMeaning = seen.replaceAll("\\s", "")
                    .equals(List.of(Fixture.KEY, Fixture.PROOF, Fixture.INPUTS)
                            .get(chosen)
                            .replaceAll("\\s", ""));
            if (verdict instanceof Verdict.Accepted) {
                assertThat(sameMeaning)
                        .as("seed %s round %s: %s", SEED, round, seen)
                        .isTrue();
            }
        }
    }

    private static String damaged(String text, SplittableRandom random) {
        StringBuilder builder = new StringBuilder(text);
        int at = random.nextInt(text.length());
        switch (random.nextInt(4)) {
            case 0 -> builder.setLength(at);
            case 1 -> builder.deleteCharAt(at);
            case 2 -> builder.setCharAt(at, (char) random.nextInt(1, 0x2fff));
            default -> builder.insert(at, "0123456789[]{},:\"\\ -e.".charAt(random.nextInt(22)));
        }
        return builder.toString();
    }

    /** 11. Cosets that meet, a root of another order, too few or too many rows. */
    @Test
    void number11KeysThatAreNone() {
        String w = Fft.root(power()).toString();
        List<String> keys = List.of(
                Fixture.KEY.replace("\"k1\": \"2\"", "\"k1\": \"1\""),
                Fixture.KEY.replace("\"k1\": \"2\"", "\"k1\": \"0\""),
                Fixture.KEY.replace("\"k1\": \"2\"", "\"k1\": \"3\""),
                Fixture.KEY.replace("\"k2\": \"3\"", "\"k2\": \"" + w + "\""),
                Fixture.KEY.replace(
                        "\"k2\": \"3\"", "\"k2\": \"" + Fft.root(power()).mul(Fr.of(2)) + "\""),
                Fixture.KEY.replace("\"w\": \"" + w, "\"w\": \"" + Fft.root(power() + 1)),
                Fixture.KEY.replace("\"power\": " + power(), "\"power\": 2"),
                Fixture.KEY.replace("\"power\": " + power(), "\"power\": 29"),
                Fixture.KEY.replace("\"power\": " + power(), "\"power\": " + (power() + 1)));
        for (String key : keys) {
            assertThat(key).isNotEqualTo(Fixture.KEY);
            assertRejected(key, Fixture.PROOF, Fixture.INPUTS);
        }
    }

    private static int power() {
        Matcher matcher = Pattern.compile("\"power\": (\\d+)").matcher(Fixture.KEY);
        assertThat(matcher.find()).isTrue();
        return Integer.parseInt(matcher.group(1));
    }

    /** 13. [τ]₂ outside the group of order r, or of somebody's own making. */
    @Test
    void number13Tau() throws Exception {
        VerificationKey key = VerificationKey.fromJson(Fixture.KEY);
        assertThat(PublicCeremony.of(key.tau())).isEmpty();
        assertThat(PublicCeremony.of(G2.GENERATOR)).isEmpty();
        String off = Fixture.KEY.replace(key.tau().x().c0().toString(), "5");
        assertRejected(off, Fixture.PROOF, Fixture.INPUTS);
    }

    /** 13. A digit wrong in a published point, or two coordinates exchanged, and no ceremony would be known any more. */
    @Test
    void number13CeremoniesAreWhatTheyWere() {
        assertThat(PublicCeremony.points()).hasSize(2).allSatisfy(tau -> {
            assertThat(tau.isInSubgroup()).isTrue();
            assertThat(PublicCeremony.of(tau)).isPresent();
            assertThat(PublicCeremony.of(new G2(tau.x(), tau.negate().y()))).isEmpty();
        });
        BigInteger hermez =
                new BigInteger("21831381940315734285607113342023901060522397560371972897001948545212302161822");
        BigInteger ignition = new BigInteger("118c4d5b837bcc2bc89b5b398b5974e9f5944073b32078b7e231fec938883b0", 16);
        assertThat(PublicCeremony.points())
                .extracting(tau -> tau.x().c0().toBigInteger())
                .containsExactlyInAnyOrder(hermez, ignition);
    }

    /** Keccak reference: the empty string, and one block boundary on each side. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 135, 136, 137, 272})
    void keccakAgreesWithTheSelectorsAndItself(int length) {
        byte[] bytes = new byte[length];
        byte[] whole = new Keccak256().update(bytes).digest();
        Keccak256 pieces = new Keccak256();
        for (int i = 0; i < length; i++) {
            pieces.update(new byte[1]);
        }
        assertThat(pieces.digest()).isEqualTo(whole);
        assertThat(HexFormat.of().formatHex(new Keccak256().digest()))
                .isEqualTo("c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
        byte[] transfer = "transfer(address,uint256)".getBytes(StandardCharsets.US_ASCII);
        assertThat(HexFormat.of().formatHex(new Keccak256().update(transfer).digest(), 0, 4))
                .isEqualTo("a9059cbb");
    }
}
