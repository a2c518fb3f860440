package dev.thimble.plonk;

import dev.thimble.bn254.Fft;
import dev.thimble.bn254.Fr;
import dev.thimble.bn254.G1;
import dev.thimble.bn254.Parallel;
import dev.thimble.plonkverifier.Challenges;
import dev.thimble.plonkverifier.PlonkProof;
import dev.thimble.plonkverifier.PlonkVerifier;
import dev.thimble.plonkverifier.Verdict;
import dev.thimble.plonkverifier.VerificationKey;
import java.util.Arrays;
import java.util.List;

/**
 * Proves that a witness satisfies a circuit (ePrint 2019/953, §8.3, prover algorithm, rounds 1–5), with snarkjs' transcript. Blinded, hence
 * zero-knowledge with {@link Blinding#secure()}. Cancelled through {@link Parallel}.
 */
public final class PlonkProver {
    private final ProvingKey key;
    private final Parallel parallel;
    private final Progress progress;
    private final Fft fft;
    private final Cosets cosets;
    private final Committer committer;

    /**
     * @throws IllegalArgumentException if the string is not the one of the key, or too short for it
     */
    public PlonkProver(ProvingKey key, Crs crs, Parallel parallel, Progress progress) {
        int power = key.verificationKey().power();
        if (!crs.tau().equals(key.verificationKey().tau())) {
            throw new IllegalArgumentException(
                    "the proving key was made with another common reference string than " + crs.file());
        }
        this.key = key;
        this.parallel = parallel;
        this.progress = progress;
        this.committer = new Committer(crs, power, parallel);
        this.fft = new Fft(power, parallel);
        this.cosets = new Cosets(fft, power, parallel);
    }

    /**
     * The proof; the public inputs are the witness's first signals.
     *
     * @throws IllegalArgumentException if the witness is of another size or does not satisfy the circuit
     * @throws java.util.concurrent.CancellationException if cancelled
     */
    public PlonkProof prove(Witness witness, Blinding blinding) {
        if (witness.size() != key.signals() || !witness.get(0).isZero()) {
            throw new IllegalArgumentException(
                    "witness of " + witness.size() + " signals, the circuit has " + key.signals());
        }
        VerificationKey verificationKey = key.verificationKey();
        List<Fr> inputs = witness.publicInputs(verificationKey.publicInputs());

        progress.report("wires", 0);
        long[][] wires = new long[3][];
        long[][] blinded = new long[4][];
        G1[] commitments = new G1[3];
        for (int i = 0; i < 3; i++) {
            wires[i] = key.wireValues(i, witness);
            blinded[i] = blinded(wires[i], blinding.next(), blinding.next());
            commitments[i] = committer.commit(wires[i], blinded[i]);
        }
        Fr beta = Challenges.beta(verificationKey, inputs, commitments[0], commitments[1], commitments[2]);
        Fr gamma = Challenges.gamma(beta);

        progress.report("grand product", 0.3);
        long[] product = new GrandProduct(key, wires, beta, gamma, parallel).values();
        Arrays.fill(wires, new long[0]);
        blinded[3] = blinded(product, blinding.next(), blinding.next(), blinding.next());
        G1 z = committer.commit(blinded[3]);
        Fr alpha = Challenges.alpha(beta, gamma, z);

        long[][] quotient = new Quotient(key, cosets, inputs, beta, gamma, alpha, parallel).parts(blinded, progress);
        long[][] thirds = split(quotient, blinding.next(), blinding.next());
        G1[] quotientCommitments = new G1[3];
        for (int i = 0; i < 3; i++) {
            progress.report("quotient commitments", 0.62 + 0.07 * i);
            quotientCommitments[i] = committer.commit(thirds[i]);
        }
        Fr xi = Challenges.xi(alpha, quotientCommitments[0], quotientCommitments[1], quotientCommitments[2]);

        progress.report("openings", 0.83);
        Opening opening = new Opening(key, blinded, thirds, xi, parallel);
        List<Fr> evaluations = opening.evaluations();
        Fr v = Challenges.v(xi, evaluations);
        G1 atXi = committer.commit(opening.atXi(inputs, beta, gamma, alpha, v));
        progress.report("openings", 0.92);
        G1 atXiOmega = committer.commit(opening.atXiOmega());

        PlonkProof proof = new PlonkProof(
                commitments[0],
                commitments[1],
                commitments[2],
                z,
                quotientCommitments[0],
                quotientCommitments[1],
                quotientCommitments[2],
                atXi,
                atXiOmega,
                evaluations.get(0),
                evaluations.get(1),
                evaluations.get(2),
                evaluations.get(3),
                evaluations.get(4),
                evaluations.get(5));
        requireAccepted(PlonkVerifier.verify(verificationKey, proof, inputs));
        progress.report("done", 1);
        return proof;
    }

    private long[] blinded(long[] values, Fr... factors) {
        long[] coefficients = values.clone();
        fft.inverse(coefficients);
        return Polynomials.blind(coefficients, factors);
    }

    /** T as T₁ + Xⁿ·T₂ + X²ⁿ·T₃, with b·Xⁿ added to the first two and taken from the next. */
    private long[][] split(long[][] parts, Fr first, Fr second) {
        int n = key.rows();
        long[] low = Arrays.copyOf(parts[0], 4 * n + 4);
        long[] middle = Arrays.copyOf(parts[1], 4 * n + 4);
        long[] high = Arrays.copyOf(parts[2], 4 * (n + Crs.EXTRA_POINTS));
        System.arraycopy(parts[3], 0, high, 4 * n, 4 * Crs.EXTRA_POINTS);
        first.store(low, 4 * n);
        Polynomials.addConstant(middle, first.negate());
        second.store(middle, 4 * n);
        Polynomials.addConstant(high, second.negate());
        return new long[][] {low, middle, high};
    }

    private static void requireAccepted(Verdict verdict) {
        if (verdict instanceof Verdict.Rejected rejected) {
            throw new IllegalStateException(
                    "the proof just made is not valid, the proving key may be damaged: " + rejected.reason());
        }
    }
}
