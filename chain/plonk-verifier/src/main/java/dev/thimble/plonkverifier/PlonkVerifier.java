package dev.thimble.plonkverifier;

import dev.thimble.bn254.Fft;
import dev.thimble.bn254.Fr;
import dev.thimble.bn254.G1;
import dev.thimble.bn254.G2;
import dev.thimble.bn254.Pairing;
import java.math.BigInteger;
import java.util.List;

/**
 * Verifies PLONK proofs (ePrint 2019/953, §8.3, verifier algorithm) with snarkjs' transcript.
 *
 * <p>A proof shows knowledge of wire values a, b, c on every row with qM·ab + qL·a + qR·b + qO·c + qC + PI = 0 that are equal where the
 * permutation says so, the first rows' a being the public inputs; sound in the algebraic group model if nobody knows τ of the key's [τ]₂.
 */
public final class PlonkVerifier {
    private final VerificationKey key;
    private final Fr beta;
    private final Fr gamma;
    private final Fr alpha;
    private final Fr xi;
    private final Fr v;
    private final Fr u;

    private PlonkVerifier(VerificationKey key, PlonkProof proof, List<Fr> publicInputs) {
        this.key = key;
        beta = Challenges.beta(key, publicInputs, proof.a(), proof.b(), proof.c());
        gamma = Challenges.gamma(beta);
        alpha = Challenges.alpha(beta, gamma, proof.z());
        xi = Challenges.xi(alpha, proof.t1(), proof.t2(), proof.t3());
        v = Challenges.v(xi, proof.evaluations());
        u = Challenges.u(proof.openingAtXi(), proof.openingAtXiOmega());
    }

    /**
     * Verifies files as snarkjs writes them.
     *
     * @param keyJson verification_key.json: trusted, though its form is checked
     * @param proofJson proof.json
     * @param publicJson public.json
     */
    public static Verdict verify(String keyJson, String proofJson, String publicJson) {
        String part = "verification key";
        try {
            VerificationKey key = VerificationKey.fromJson(keyJson);
            part = "proof";
            PlonkProof proof = PlonkProof.fromJson(proofJson);
            part = "public inputs";
            return verify(key, proof, VerificationKey.publicInputsFromJson(publicJson));
        } catch (MalformedException e) {
            return new Verdict.Rejected(part + ": " + e.getMessage());
        }
    }

    /** Verifies a proof for a key. */
    public static Verdict verify(VerificationKey key, PlonkProof proof, List<Fr> publicInputs) {
        if (publicInputs.size() != key.publicInputs()) {
            return new Verdict.Rejected(
                    "public inputs: there are " + publicInputs.size() + ", the key has " + key.publicInputs());
        }
        for (G1 point : proof.points()) {
            if (!point.isOnCurve()) {
                return new Verdict.Rejected("proof: a commitment is not on the curve");
            }
        }
        return new PlonkVerifier(key, proof, publicInputs).check(proof, publicInputs);
    }

    private Verdict check(PlonkProof proof, List<Fr> publicInputs) {
        Fr xiToN = xi.pow(BigInteger.ONE.shiftLeft(key.power()));
        Fr vanishing = xiToN.sub(Fr.ONE);
        if (vanishing.isZero()) {
            return new Verdict.Rejected("proof: the evaluation point is in the domain");
        }
        Fr root = Fft.root(key.power());
        Fr firstLagrange = lagrange(Fr.ONE, vanishing);
        Fr constant = constantTerm(proof, publicInputs(publicInputs, root, vanishing), firstLagrange);
        G1 combined = linearisation(proof, xiToN, vanishing, firstLagrange)
                .add(proof.a().multiply(v))
                .add(proof.b().multiply(power(v, 2)))
                .add(proof.c().multiply(power(v, 3)))
                .add(key.s1().multiply(power(v, 4)))
                .add(key.s2().multiply(power(v, 5)));
        G1 claimed = G1.GENERATOR.multiply(claimedValue(proof, constant));
        G1 left = proof.openingAtXi().add(proof.openingAtXiOmega().multiply(u));
        G1 right = proof.openingAtXi()
                .multiply(xi)
                .add(proof.openingAtXiOmega().multiply(u.mul(xi).mul(root)))
                .add(combined)
                .add(claimed.negate());
        boolean opens = Pairing.productIsOne(
                List.of(new Pairing.Pair(left.negate(), key.tau()), new Pairing.Pair(right, G2.GENERATOR)));
        return opens ? new Verdict.Accepted() : new Verdict.Rejected("proof: the openings do not match");
    }

    /** Lᵢ(ξ) for the row of ωⁱ: ωⁱ(ξⁿ - 1)/(n(ξ - ωⁱ)). */
    private Fr lagrange(Fr point, Fr vanishing) {
        Fr denominator = Fr.of(1L << key.power()).mul(xi.sub(point));
        return point.mul(vanishing).mul(denominator.inverse());
    }

    /** PI(ξ) = -Σ xᵢ Lᵢ(ξ). */
    private Fr publicInputs(List<Fr> inputs, Fr root, Fr vanishing) {
        Fr sum = Fr.ZERO;
        Fr point = Fr.ONE;
        for (Fr input : inputs) {
            sum = sum.sub(input.mul(lagrange(point, vanishing)));
            point = point.mul(root);
        }
        return sum;
    }

    /** The part of r(X) that does not depend on X: PI - L₁α² - α(a + βs1 + γ)(b + βs2 + γ)(c + γ)zω. */
    private Fr constantTerm(PlonkProof proof, Fr publicInputs, Fr firstLagrange) {
        Fr product = withBeta(proof.evalA(), proof.evalS1())
                .mul(withBeta(proof.evalB(), proof.evalS2()))
                .mul(proof.evalC().add(gamma))
                .mul(proof.evalZOmega())
                .mul(alpha);
        return publicInputs.sub(firstLagrange.mul(alpha.square())).sub(product);
    }

    /** The commitment to r(X) without its constant, plus u·[z]. */
    private G1 linearisation(PlonkProof proof, Fr xiToN, Fr vanishing, Fr firstLagrange) {
        Fr a = proof.evalA();
        Fr b = proof.evalB();
        Fr c = proof.evalC();
        G1 gates = key.qm()
                .multiply(a.mul(b))
                .add(key.ql().multiply(a))
                .add(key.qr().multiply(b))
                .add(key.qo().multiply(c))
                .add(key.qc());
        Fr grandProduct = withBeta(a, xi)
                .mul(withBeta(b, xi.mul(key.k1())))
                .mul(withBeta(c, xi.mul(key.k2())))
                .mul(alpha)
                .add(firstLagrange.mul(alpha.square()))
                .add(u);
        Fr permutation = withBeta(a, proof.evalS1())
                .mul(withBeta(b, proof.evalS2()))
                .mul(alpha)
                .mul(beta)
                .mul(proof.evalZOmega());
        G1 quotient = proof.t1()
                .add(proof.t2().multiply(xiToN))
                .add(proof.t3().multiply(xiToN.square()))
                .multiply(vanishing);
        return gates.add(proof.z().multiply(grandProduct))
                .add(key.s3().multiply(permutation).negate())
                .add(quotient.negate());
    }

    private Fr claimedValue(PlonkProof proof, Fr constant) {
        Fr value = constant.negate().add(u.mul(proof.evalZOmega()));
        List<Fr> opened = proof.evaluations().subList(0, 5);
        for (int i = 0; i < opened.size(); i++) {
            value = value.add(opened.get(i).mul(power(v, i + 1)));
        }
        return value;
    }

    private Fr withBeta(Fr value, Fr identity) {
        return value.add(beta.mul(identity)).add(gamma);
    }

    private static Fr power(Fr base, int exponent) {
        return base.pow(BigInteger.valueOf(exponent));
    }
}
