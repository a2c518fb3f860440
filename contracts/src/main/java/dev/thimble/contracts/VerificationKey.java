package dev.thimble.contracts;

import dev.thimble.chain.Bytes32;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A PLONK verification key with two public inputs in the words that PlonkVerifier takes.
 *
 * @param power log2 of the domain size
 * @param omega root of unity of the domain
 * @param commitments x and y of Qm, Ql, Qr, Qo, Qc, S1, S2, S3; (0, 0) is the point at infinity
 * @param tauG2 [tau]_2 as x.c1, x.c0, y.c1, y.c0
 */
public record VerificationKey(int power, BigInteger omega, List<BigInteger> commitments, List<BigInteger> tauG2) {
    private static final int PUBLIC_INPUTS = 2;
    private static final List<String> NAMES = List.of("Qm", "Ql", "Qr", "Qo", "Qc", "S1", "S2", "S3");

    public VerificationKey {
        commitments = List.copyOf(commitments);
        tauG2 = List.copyOf(tauG2);
        if (commitments.size() != 16 || tauG2.size() != 4) {
            throw new IllegalArgumentException("a verification key has 16 + 4 coordinates");
        }
    }

    /**
     * Reads snarkjs' {@code verification_key.json}.
     *
     * @throws IllegalArgumentException if it is not a PLONK key over bn128 with two public inputs and the cosets 2, 3
     */
    public static VerificationKey parseSnarkjs(JsonNode json) {
        require(json, "protocol", "plonk");
        require(json, "curve", "bn128");
        require(json, "nPublic", String.valueOf(PUBLIC_INPUTS));
        require(json, "k1", "2");
        require(json, "k2", "3");
        List<BigInteger> commitments = new ArrayList<>();
        NAMES.forEach(name -> commitments.addAll(point(json.path(name), name)));
        JsonNode tau = json.path("X_2");
        return new VerificationKey(
                json.path("power").asInt(),
                number(json.path("w"), "w"),
                commitments,
                List.of(
                        number(tau.path(0).path(1), "X_2"),
                        number(tau.path(0).path(0), "X_2"),
                        number(tau.path(1).path(1), "X_2"),
                        number(tau.path(1).path(0), "X_2")));
    }

    /** The argument of PlonkVerifier's constructor. */
    public List<Object> toAbi() {
        return List.of(power, omega, commitments, tauG2);
    }

    /** keccak256 of the words: inputs, power, k1, k2, commitments, tauG2, omega; as PlonkVerifier computes it. */
    public Bytes32 hash() {
        List<BigInteger> words = new ArrayList<>();
        List.of(PUBLIC_INPUTS, power, 2, 3).forEach(value -> words.add(BigInteger.valueOf(value)));
        words.addAll(commitments);
        words.addAll(tauG2);
        words.add(omega);
        return Bytes32.keccak(words.stream().map(Bytes32::word).toArray(byte[][]::new));
    }

    private static List<BigInteger> point(JsonNode json, String name) {
        if (number(json.path(2), name).signum() == 0) {
            return List.of(BigInteger.ZERO, BigInteger.ZERO);
        }
        if (!number(json.path(2), name).equals(BigInteger.ONE)) {
            throw new IllegalArgumentException("verification key: " + name + " is not affine");
        }
        return List.of(number(json.path(0), name), number(json.path(1), name));
    }

    private static BigInteger number(JsonNode json, String name) {
        String text = json.isString() ? json.asString() : "";
        if (!text.matches("[0-9]{1,78}")) {
            throw new IllegalArgumentException("verification key: " + name + " is not a decimal number");
        }
        return new BigInteger(text);
    }

    private static void require(JsonNode json, String field, String expected) {
        String actual = json.path(field).asString("");
        if (!actual.equals(expected)) {
            throw new IllegalArgumentException("verification key: " + field + " is " + actual + ", not " + expected);
        }
    }
}
