package dev.thimble.plonkverifier;

import dev.thimble.bn254.Fr;
import dev.thimble.bn254.G1;
import java.math.BigInteger;
import java.util.List;

/**
 * snarkjs' PLONK transcript: every challenge is Keccak-256 of its inputs, as an integer mod r. Points enter as x ‖ y, scalars as one word, all big-endian;
 * infinity as zeros. Prover and verifier share these functions, so they cannot disagree.
 */
public final class Challenges {
    private final Keccak256 keccak = new Keccak256();

    private Challenges() {}

    /** β, which binds the whole key, the public inputs and the wires. */
    public static Fr beta(VerificationKey key, List<Fr> publicInputs, G1 a, G1 b, G1 c) {
        return new Challenges()
                .points(key.commitments())
                .scalars(publicInputs)
                .points(List.of(a, b, c))
                .draw();
    }

    /** γ. */
    public static Fr gamma(Fr beta) {
        return new Challenges().scalars(List.of(beta)).draw();
    }

    /** α, after the grand product. */
    public static Fr alpha(Fr beta, Fr gamma, G1 z) {
        return new Challenges().scalars(List.of(beta, gamma)).points(List.of(z)).draw();
    }

    /** ξ, after the quotient. */
    public static Fr xi(Fr alpha, G1 t1, G1 t2, G1 t3) {
        return new Challenges()
                .scalars(List.of(alpha))
                .points(List.of(t1, t2, t3))
                .draw();
    }

    /** v, after the evaluations a, b, c, s1, s2, zω. */
    public static Fr v(Fr xi, List<Fr> evaluations) {
        return new Challenges().scalars(List.of(xi)).scalars(evaluations).draw();
    }

    /** u, which joins the two openings. */
    public static Fr u(G1 openingAtXi, G1 openingAtXiOmega) {
        return new Challenges().points(List.of(openingAtXi, openingAtXiOmega)).draw();
    }

    private Challenges points(List<G1> points) {
        for (G1 point : points) {
            keccak.update(point.x().toBytes()).update(point.y().toBytes());
        }
        return this;
    }

    private Challenges scalars(List<Fr> scalars) {
        scalars.forEach(scalar -> keccak.update(scalar.toBytes()));
        return this;
    }

    private Fr draw() {
        return Fr.reduce(new BigInteger(1, keccak.digest()));
    }
}
