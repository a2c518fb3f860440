package dev.thimble.plonkverifier;

import dev.thimble.bn254.Fft;
import dev.thimble.bn254.Fq2;
import dev.thimble.bn254.Fr;
import dev.thimble.bn254.G1;
import dev.thimble.bn254.G2;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A PLONK verification key: commitments to the selectors and the permutation of a circuit of 2^power rows.
 *
 * @param publicInputs number of public inputs
 * @param power log of the number of rows, 3 … 28
 * @param k1 b's wires are identified by k1·ωⁱ
 * @param k2 c's wires are identified by k2·ωⁱ
 * @param qm commitment to the selector of a·b; like all commitments here infinity for a zero polynomial
 * @param ql of a
 * @param qr of b
 * @param qo of c
 * @param qc of 1
 * @param s1 commitment to the permutation of a's wires
 * @param s2 of b's
 * @param s3 of c's
 * @param tau [τ]₂ of the common reference string
 */
public record VerificationKey(
        int publicInputs, int power, Fr k1, Fr k2, G1 qm, G1 ql, G1 qr, G1 qo, G1 qc, G1 s1, G1 s2, G1 s3, G2 tau) {

    /** The coset generators that snarkjs uses. */
    public static final Fr K1 = Fr.of(2);

    /** The coset generators that snarkjs uses. */
    public static final Fr K2 = Fr.of(3);

    /**
     * Reads snarkjs' verification_key.json.
     *
     * @throws MalformedException if a member is missing, unknown, repeated or out of range; a point off its curve; the cosets not disjoint;
     *     or w not the root of unity
     */
    public static VerificationKey fromJson(String json) throws MalformedException {
        JsonFields fields = JsonFields.parse(json);
        fields.expect("protocol", "plonk");
        fields.expect("curve", "bn128");
        int power = fields.integer("power", 3, Fft.MAX_LOG_SIZE);
        int publicInputs = fields.integer("nPublic", 0, 1 << Math.min(power, 16));
        VerificationKey key = new VerificationKey(
                publicInputs,
                power,
                fields.scalar("k1"),
                fields.scalar("k2"),
                fields.pointOrInfinity("Qm"),
                fields.pointOrInfinity("Ql"),
                fields.pointOrInfinity("Qr"),
                fields.pointOrInfinity("Qo"),
                fields.pointOrInfinity("Qc"),
                fields.pointOrInfinity("S1"),
                fields.pointOrInfinity("S2"),
                fields.pointOrInfinity("S3"),
                fields.twistPoint("X_2"));
        if (!fields.scalar("w").equals(Fft.root(power))) {
            throw new MalformedException("w is not the root of unity of order 2^" + power);
        }
        fields.finish();
        if (!key.cosetsAreDisjoint()) {
            throw new MalformedException("the cosets of 1, k1 and k2 are not disjoint");
        }
        return key;
    }

    /** H, k1·H and k2·H share no element, where H has 2^power elements. */
    boolean cosetsAreDisjoint() {
        if (k1.isZero() || k2.isZero()) {
            return false;
        }
        Fr ratio = k1.mul(k2.inverse());
        return !isInSubgroup(k1) && !isInSubgroup(k2) && !isInSubgroup(ratio);
    }

    private boolean isInSubgroup(Fr value) {
        return value.pow(BigInteger.ONE.shiftLeft(power)).isOne();
    }

    /** The selectors and permutation commitments in transcript order. */
    List<G1> commitments() {
        return List.of(qm, ql, qr, qo, qc, s1, s2, s3);
    }

    /** snarkjs' verification_key.json, byte for byte as it writes it. */
    public String toJson() {
        return new JsonText()
                .text("protocol", "plonk")
                .text("curve", "bn128")
                .number("nPublic", publicInputs)
                .number("power", power)
                .text("k1", k1)
                .text("k2", k2)
                .point("Qm", qm)
                .point("Ql", ql)
                .point("Qr", qr)
                .point("Qo", qo)
                .point("Qc", qc)
                .point("S1", s1)
                .point("S2", s2)
                .point("S3", s3)
                .point("X_2", tau)
                .text("w", Fft.root(power))
                .toString();
    }

    /**
     * A digest of everything in the key, 0x-hex: keccak256 over 32-byte big-endian words publicInputs, power, k1, k2, the eight commitments
     * (x, y; zeros at infinity), [τ]₂ (x.c1, x.c0, y.c1, y.c0, the order of the pairing precompile), ω. The verifier contract computes the same.
     */
    public String hash() {
        Keccak256 keccak = new Keccak256();
        List<Fr> numbers = List.of(Fr.of(publicInputs), Fr.of(power), k1, k2);
        numbers.forEach(number -> keccak.update(number.toBytes()));
        for (G1 point : commitments()) {
            keccak.update(point.x().toBytes());
            keccak.update(point.y().toBytes());
        }
        for (Fq2 coordinate : List.of(tau.x(), tau.y())) {
            keccak.update(coordinate.c1().toBytes());
            keccak.update(coordinate.c0().toBytes());
        }
        keccak.update(Fft.root(power).toBytes());
        return "0x" + HexFormat.of().formatHex(keccak.digest());
    }

    /**
     * Reads snarkjs' public.json: an array of canonical decimals below r.
     *
     * @throws MalformedException if it is anything else
     */
    public static List<Fr> publicInputsFromJson(String json) throws MalformedException {
        if (!(Json.parse(json) instanceof Json.Value.Elements elements)) {
            throw new MalformedException("not a JSON array");
        }
        List<Fr> inputs = new ArrayList<>();
        for (Json.Value value : elements.list()) {
            inputs.add(JsonFields.scalar(value, "public input " + inputs.size()));
        }
        return List.copyOf(inputs);
    }

    /** snarkjs' public.json. */
    public static String publicInputsToJson(List<Fr> inputs) {
        return inputs.isEmpty()
                ? "[]"
                : JsonText.array(inputs.stream().map(JsonText::quote).toList(), 0);
    }
}
