package dev.thimble.starkverifier;

import dev.thimble.air.AirEncoding;
import dev.thimble.air.AirProgram;
import dev.thimble.field.KoalaBear;
import dev.thimble.fri.FriParameters;
import dev.thimble.fri.Grinding;
import dev.thimble.fri.SoundnessReport;
import dev.thimble.hash.Digest;
import dev.thimble.hash.Domain;
import dev.thimble.hash.Sponge;
import dev.thimble.merkle.MerkleCap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a verifier must know of a circuit. The digest is sponge(constants digest ‖ preprocessed cap), where the constants
 * digest covers protocol version, circuit type, parameters and the compiled circuit (heights, widths, tape, constraints).
 * It is the first thing a transcript observes.
 */
public final class VerifyingKey {
    private final Protocol protocol;
    private final int circuitType;
    private final AirProgram program;
    private final FriParameters parameters;
    private final Optional<MerkleCap> preprocessedCap;
    private final ProofShape shape;
    private final Digest constantsDigest;
    private final Digest digest;

    /**
     * Makes a key.
     *
     * @param circuitType a number below p that names the circuit and its profile
     * @param preprocessedCap the cap of the preprocessed columns; present iff there are any
     * @throws IllegalArgumentException if the parts do not fit together, or the parameters are not sound for the circuit
     */
    public VerifyingKey(
            Protocol protocol,
            int circuitType,
            AirProgram program,
            FriParameters parameters,
            Optional<MerkleCap> preprocessedCap) {
        if (!KoalaBear.isCanonical(circuitType)) {
            throw new IllegalArgumentException("circuitType must be below p: " + circuitType);
        }
        this.protocol = protocol;
        this.circuitType = circuitType;
        this.program = program;
        this.parameters = parameters;
        this.preprocessedCap = preprocessedCap;
        this.shape = new ProofShape(program, parameters);
        requireCap();
        this.constantsDigest = hashConstants();
        List<Digest> parts = new ArrayList<>();
        parts.add(constantsDigest);
        preprocessedCap.ifPresent(cap -> parts.addAll(cap.digests()));
        this.digest = sponge().hash(Domain.VERIFICATION_KEY, parts);
        soundness();
    }

    private void requireCap() {
        boolean fits = shape.has(Commitment.PREPROCESSED)
                ? preprocessedCap.filter(cap -> cap.logSize() == shape.logCap()).isPresent()
                : preprocessedCap.isEmpty();
        if (!fits) {
            throw new IllegalArgumentException(
                    "preprocessedCap does not fit " + program.name() + ": " + preprocessedCap.map(MerkleCap::logSize));
        }
    }

    private Digest hashConstants() {
        List<Integer> words = new ArrayList<>();
        words.add(protocol.number());
        words.add(circuitType);
        words.add(parameters.logBlowup());
        words.add(parameters.queries());
        words.add(parameters.logArity());
        words.add(parameters.logFinalPolynomial());
        words.add(parameters.logCap());
        words.add(parameters.regime().code());
        Grinding grinding = parameters.grinding();
        words.add(grinding.lookup());
        words.add(grinding.alpha());
        words.add(grinding.zeta());
        words.add(grinding.batching());
        words.add(grinding.query());
        words.add(grinding.folds().size());
        words.addAll(grinding.folds());
        for (int word : AirEncoding.encode(program)) {
            words.add(word);
        }
        return sponge().hash(
                        Domain.CONSTANTS,
                        words.stream().mapToInt(KoalaBear::fromCanonical).toArray());
    }

    public Protocol protocol() {
        return protocol;
    }

    public int circuitType() {
        return circuitType;
    }

    public AirProgram program() {
        return program;
    }

    public FriParameters parameters() {
        return parameters;
    }

    public Optional<MerkleCap> preprocessedCap() {
        return preprocessedCap;
    }

    public ProofShape shape() {
        return shape;
    }

    /** The digest of everything but the preprocessed cap. */
    public Digest constantsDigest() {
        return constantsDigest;
    }

    /** The key's digest. */
    public Digest digest() {
        return digest;
    }

    public Sponge sponge() {
        return protocol.sponge();
    }

    /** The error terms of every proof under this key. */
    public SoundnessReport.Layer soundness() {
        return shape.soundness();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifyingKey key && digest.equals(key.digest);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    @Override
    public String toString() {
        return "VerifyingKey[" + program.name() + ", " + digest + "]";
    }
}
