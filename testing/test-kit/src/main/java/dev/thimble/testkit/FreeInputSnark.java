package dev.thimble.testkit;

import dev.thimble.bn254.Fr;
import dev.thimble.bn254.G2;
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
import dev.thimble.plonkverifier.PublicCeremony;
import dev.thimble.plonkverifier.VerificationKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The product's PLONK prover on a circuit of one multiplication whose two public inputs are free. Its proofs are genuine, on a
 * development string, and <b>prove nothing about a batch</b>: anybody can make one for any inputs. For tests of what carries a
 * proof and its key to L1, in place of the circuit that verifies a batch's STARK.
 */
public final class FreeInputSnark {
    private static final int POWER = 4;

    private final Crs crs;
    private final PlonkCircuit circuit;
    private final ProvingKey key;

    private FreeInputSnark(Crs crs, PlonkCircuit circuit, ProvingKey key) {
        this.crs = crs;
        this.circuit = circuit;
        this.key = key;
    }

    /** Keys on the development string of a seed: the same for the same seed in every process. */
    public static FreeInputSnark ofSeed(String seed) {
        PlonkCircuit.Builder builder = new PlonkCircuit.Builder();
        int first = builder.publicInput();
        int second = builder.publicInput();
        builder.multiply(first, second, builder.wire());
        PlonkCircuit circuit = builder.build();
        try (Parallel parallel = new Parallel(1)) {
            Path folder = Files.createTempDirectory("thimble-free-input-snark");
            Path string = folder.resolve("string.ptau");
            Path keys = folder.resolve("key");
            List.of(folder, string, keys).forEach(file -> file.toFile().deleteOnExit());
            DevelopmentCrs.make(POWER, seed, string, parallel);
            Crs crs = Crs.open(string);
            return new FreeInputSnark(
                    crs, circuit, new PlonkSetup(circuit, crs, parallel, Progress.NONE).writeProvingKey(keys));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (CrsException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The verification key. */
    public VerificationKey key() {
        return key.verificationKey();
    }

    /** Writes verification_key.json. */
    public Path writeKey(Path file) throws IOException {
        return Files.writeString(file, key().toJson());
    }

    /** The same key with a public ceremony's [τ]₂, as production wants it: nobody has a proof for it. */
    public VerificationKey keyOfCeremony() {
        VerificationKey k = key();
        G2 tau = PublicCeremony.points().iterator().next();
        return new VerificationKey(
                k.publicInputs(),
                k.power(),
                k.k1(),
                k.k2(),
                k.qm(),
                k.ql(),
                k.qr(),
                k.qo(),
                k.qc(),
                k.s1(),
                k.s2(),
                k.s3(),
                tau);
    }

    /** A proof for any two public inputs. */
    public PlonkProof prove(BigInteger first, BigInteger second) {
        Witness witness = new Witness(circuit);
        witness.set(1, Fr.of(first)).set(2, Fr.of(second));
        witness.set(3, Fr.of(first).mul(Fr.of(second)));
        try (Parallel parallel = new Parallel(1)) {
            return new PlonkProver(key, crs, parallel, Progress.NONE).prove(witness, Blinding.secure());
        }
    }
}
