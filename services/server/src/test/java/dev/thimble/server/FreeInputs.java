package dev.thimble.server;

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
import java.nio.file.Path;

/**
 * Genuine PLONK proofs of a circuit whose two public inputs are free, in place of the SNARK circuit that does not exist yet: they prove nothing
 * about a batch.
 */
final class FreeInputs implements AutoCloseable {
    private final Parallel parallel = new Parallel(1);
    private final PlonkCircuit circuit;
    private final Crs crs;
    private final ProvingKey key;

    FreeInputs(Path folder, String seed) throws Exception {
        DevelopmentCrs.make(4, seed, folder.resolve(seed), parallel);
        crs = Crs.open(folder.resolve(seed));
        PlonkCircuit.Builder builder = new PlonkCircuit.Builder();
        int first = builder.publicInput();
        int second = builder.publicInput();
        builder.multiply(first, second, builder.wire());
        circuit = builder.build();
        key = new PlonkSetup(circuit, crs, parallel, Progress.NONE).writeProvingKey(folder.resolve(seed + ".key"));
    }

    VerificationKey key() {
        return key.verificationKey();
    }

    PlonkProof prove(BigInteger first, BigInteger second) {
        Witness witness = new Witness(circuit);
        witness.set(1, Fr.of(first)).set(2, Fr.of(second));
        witness.set(3, Fr.of(first).mul(Fr.of(second)));
        return new PlonkProver(key, crs, parallel, Progress.NONE).prove(witness, Blinding.secure());
    }

    @Override
    public void close() {
        parallel.close();
    }
}
