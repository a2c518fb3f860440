package dev.thimble.l1;

import dev.thimble.bn254.Fr;
import dev.thimble.bn254.Parallel;
import dev.thimble.plonk.Blinding;
import dev.thimble.plonk.Crs;
import dev.thimble.plonk.DevelopmentCrs;
import dev.thimble.plonk.PlonkCircuit;
import dev.thimble.plonk.PlonkProver;
import dev.thimble.plonk.PlonkSetup;
import dev.thimble.plonk.Progress;
import dev.thimble.plonk.ProvingKey;
import dev.thimble.plonk.Witness;
import dev.thimble.plonkverifier.PlonkProof;
import dev.thimble.plonkverifier.VerificationKey;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;

/** The product's PLONK prover on a circuit with two free public inputs: it proves any statement. */
final class ToyProver {
    static final ToyProver INSTANCE = make("l1 tests");

    private final Crs crs;
    private final PlonkCircuit circuit;
    private final ProvingKey key;

    private ToyProver(Crs crs, PlonkCircuit circuit, ProvingKey key) {
        this.crs = crs;
        this.circuit = circuit;
        this.key = key;
    }

    /** With a development string of this seed. */
    static ToyProver make(String seed) {
        try (Parallel parallel = new Parallel(1)) {
            Path folder = Files.createTempDirectory("thimble-l1-test");
            DevelopmentCrs.make(4, seed, folder.resolve("crs.ptau"), parallel);
            Crs crs = Crs.open(folder.resolve("crs.ptau"));
            PlonkCircuit.Builder builder = new PlonkCircuit.Builder();
            int first = builder.publicInput();
            int second = builder.publicInput();
            int product = builder.wire();
            builder.multiply(first, second, product);
            PlonkCircuit circuit = builder.build();
            ProvingKey key =
                    new PlonkSetup(circuit, crs, parallel, Progress.NONE).writeProvingKey(folder.resolve("key"));
            return new ToyProver(crs, circuit, key);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    VerificationKey key() {
        return key.verificationKey();
    }

    PlonkProof prove(BigInteger first, BigInteger second) {
        Witness witness = new Witness(circuit);
        witness.set(1, Fr.of(first)).set(2, Fr.of(second));
        witness.set(3, Fr.of(first).mul(Fr.of(second)));
        try (Parallel parallel = new Parallel(1)) {
            return new PlonkProver(key, crs, parallel, Progress.NONE).prove(witness, Blinding.secure());
        }
    }
}
