package dev.thimble.cli.l1;

import dev.thimble.bn254.Fr;
import dev.thimble.bn254.Parallel;
import dev.thimble.plonk.Blinding;
import dev.thimble.plonk.Crs;
import dev.thimble.plonk.CrsException;
import dev.thimble.plonk.DevelopmentCrs;
import dev.thimble.plonk.PlonkCircuit;
import dev.thimble.plonk.PlonkProver;
import dev.thimble.plonk.PlonkSetup;
import dev.thimble.plonk.Progress;
import dev.thimble.plonk.ProvingKey;
import dev.thimble.plonk.Witness;
import dev.thimble.plonkverifier.PlonkProof;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Stands in for the SNARK circuit, which does not exist yet. Its proofs are genuine PLONK proofs on a development string, but of a circuit of one
 * multiplication whose two public inputs are free: <b>they prove nothing about a batch</b>, anybody can make one for any inputs. It lives in the
 * tests alone; its key gets to the verifier on L1 only because the test hands it to {@code init --snark-key}, on chain id 31337.
 */
final class StandInSnark implements AutoCloseable {
    private static final int POWER = 4;

    private final Parallel parallel = new Parallel(1);
    private final PlonkCircuit circuit;
    private final Crs crs;
    private final ProvingKey key;

    /** Makes string and keys in a folder. */
    StandInSnark(Path folder, String seed) throws IOException, CrsException {
        var file = folder.resolve(seed + ".ptau");
        DevelopmentCrs.make(POWER, seed, file, parallel);
        crs = Crs.open(file);
        var builder = new PlonkCircuit.Builder();
        int first = builder.publicInput();
        int second = builder.publicInput();
        builder.multiply(first, second, builder.wire());
        circuit = builder.build();
        key = new PlonkSetup(circuit, crs, parallel, Progress.NONE).writeProvingKey(folder.resolve(seed + ".key"));
    }

    /** Writes verification_key.json. */
    Path writeKey(Path file) throws IOException {
        return Files.writeString(file, key.verificationKey().toJson());
    }

    /** A proof for any two public inputs. */
    PlonkProof prove(BigInteger first, BigInteger second) {
        var witness = new Witness(circuit);
        witness.set(1, Fr.of(first)).set(2, Fr.of(second));
        witness.set(3, Fr.of(first).mul(Fr.of(second)));
        return new PlonkProver(key, crs, parallel, Progress.NONE).prove(witness, Blinding.secure());
    }

    @Override
    public void close() {
        parallel.close();
    }
}
