package dev.thimble.plonkverifier;

import dev.thimble.bn254.Fr;
import dev.thimble.bn254.G1;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * A PLONK proof: nine commitments and six evaluations (Gabizon, Williamson, Ciobotaru, ePrint 2019/953, §8.3).
 *
 * @param a commitment to the left wires
 * @param b to the right wires
 * @param c to the output wires
 * @param z to the grand product of the permutation
 * @param t1 to the low third of the quotient
 * @param t2 to its middle third
 * @param t3 to its high third
 * @param openingAtXi opening of everything at ξ
 * @param openingAtXiOmega opening of z at ξω
 * @param evalA a(ξ)
 * @param evalB b(ξ)
 * @param evalC c(ξ)
 * @param evalS1 S1(ξ)
 * @param evalS2 S2(ξ)
 * @param evalZOmega z(ξω)
 */
public record PlonkProof(
        G1 a,
        G1 b,
        G1 c,
        G1 z,
        G1 t1,
        G1 t2,
        G1 t3,
        G1 openingAtXi,
        G1 openingAtXiOmega,
        Fr evalA,
        Fr evalB,
        Fr evalC,
        Fr evalS1,
        Fr evalS2,
        Fr evalZOmega) {

    /**
     * Reads snarkjs' proof.json.
     *
     * @throws MalformedException if a member is missing, unknown, repeated or out of range, or a point not on the curve (infinity is not)
     */
    public static PlonkProof fromJson(String json) throws MalformedException {
        JsonFields fields = JsonFields.parse(json);
        fields.expect("protocol", "plonk");
        fields.expect("curve", "bn128");
        PlonkProof proof = new PlonkProof(
                fields.point("A"),
                fields.point("B"),
                fields.point("C"),
                fields.point("Z"),
                fields.point("T1"),
                fields.point("T2"),
                fields.point("T3"),
                fields.point("Wxi"),
                fields.point("Wxiw"),
                fields.scalar("eval_a"),
                fields.scalar("eval_b"),
                fields.scalar("eval_c"),
                fields.scalar("eval_s1"),
                fields.scalar("eval_s2"),
                fields.scalar("eval_zw"));
        fields.finish();
        return proof;
    }

    /** snarkjs' proof.json, byte for byte as it writes it. */
    public String toJson() {
        return new JsonText()
                .point("A", a)
                .point("B", b)
                .point("C", c)
                .point("Z", z)
                .point("T1", t1)
                .point("T2", t2)
                .point("T3", t3)
                .point("Wxi", openingAtXi)
                .point("Wxiw", openingAtXiOmega)
                .text("eval_a", evalA)
                .text("eval_b", evalB)
                .text("eval_c", evalC)
                .text("eval_s1", evalS1)
                .text("eval_s2", evalS2)
                .text("eval_zw", evalZOmega)
                .text("protocol", "plonk")
                .text("curve", "bn128")
                .toString();
    }

    /** The commitments in the order of the calldata. */
    List<G1> points() {
        return List.of(a, b, c, z, t1, t2, t3, openingAtXi, openingAtXiOmega);
    }

    /** The evaluations in the order of the calldata and of the transcript. */
    List<Fr> evaluations() {
        return List.of(evalA, evalB, evalC, evalS1, evalS2, evalZOmega);
    }

    /** The 24 words of the Solidity verifiers: the points as x, y, then the evaluations; 768 bytes. */
    public byte[] toBytes() {
        byte[] bytes = new byte[24 * 32];
        int at = 0;
        for (G1 point : points()) {
            System.arraycopy(point.x().toBytes(), 0, bytes, at, 32);
            System.arraycopy(point.y().toBytes(), 0, bytes, at + 32, 32);
            at += 64;
        }
        for (Fr evaluation : evaluations()) {
            System.arraycopy(evaluation.toBytes(), 0, bytes, at, 32);
            at += 32;
        }
        return bytes;
    }

    /**
     * The calldata of {@code verifyProof(uint256[24],uint256[n])} with n public inputs, 0x-hex: selector, proof words, inputs.
     */
    public String calldata(List<Fr> publicInputs) {
        String signature = "verifyProof(uint256[24],uint256[" + publicInputs.size() + "])";
        HexFormat hex = HexFormat.of();
        StringBuilder text = new StringBuilder("0x");
        text.append(hex.formatHex(
                new Keccak256()
                        .update(signature.getBytes(StandardCharsets.US_ASCII))
                        .digest(),
                0,
                4));
        text.append(hex.formatHex(toBytes()));
        publicInputs.forEach(input -> text.append(hex.formatHex(input.toBytes())));
        return text.toString();
    }
}
