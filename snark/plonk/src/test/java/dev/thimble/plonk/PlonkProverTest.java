package dev.thimble.plonk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thimble.bn254.Fr;
import dev.thimble.bn254.Parallel;
import dev.thimble.plonkverifier.PlonkProof;
import dev.thimble.plonkverifier.PlonkVerifier;
import dev.thimble.plonkverifier.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlonkProverTest {
    private static final long SEED = 5L;

    @TempDir
    static Path folder;

    private static Crs crs;

    @BeforeAll
    static void makeString() throws Exception {
        try (Parallel parallel = new Parallel(2)) {
            Path file = folder.resolve("development.ptau");
            DevelopmentCrs.make(8, "prover test", file, parallel);
            crs = Crs.open(file);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 6", "1, 7", "2, 40", "3, 130", "5, 200"})
    void provesSatisfiedCircuits(int publicInputs, int gates) throws Exception {
        Sketch sketch = Sketch.random(SEED + gates, publicInputs, gates);
        PlonkCircuit circuit = sketch.circuit();
        Witness witness = sketch.witness(circuit);
        assertThat(circuit.firstUnsatisfied(witness)).isEmpty();
        List<Fr> inputs = witness.publicInputs(publicInputs);
        try (Parallel parallel = new Parallel(2)) {
            PlonkSetup setup = new PlonkSetup(circuit, crs, parallel, Progress.NONE);
            ProvingKey key = setup.writeProvingKey(folder.resolve("key-" + gates));
            assertThat(key.verificationKey()).isEqualTo(setup.verificationKey());
            PlonkProof proof = new PlonkProver(key, crs, parallel, Progress.NONE).prove(witness, Blinding.secure());
            assertThat(PlonkVerifier.verify(key.verificationKey(), proof, inputs))
                    .isEqualTo(new Verdict.Accepted());
            assertThat(PlonkVerifier.verify(
                            key.verificationKey().toJson(),
                            proof.toJson(),
                            dev.thimble.plonkverifier.VerificationKey.publicInputsToJson(inputs)))
                    .isEqualTo(new Verdict.Accepted());
        }
    }

    @Test
    void refusesFalseWitnessesAndStopsWhenCancelled() throws Exception {
        Sketch sketch = Sketch.random(SEED, 2, 50);
        PlonkCircuit circuit = sketch.circuit();
        try (Parallel parallel = new Parallel(2);
                Parallel stopped = new Parallel(2, () -> true)) {
            ProvingKey key =
                    new PlonkSetup(circuit, crs, parallel, Progress.NONE).writeProvingKey(folder.resolve("key"));
            PlonkProver prover = new PlonkProver(key, crs, parallel, Progress.NONE);
            for (int signal = 1; signal < circuit.signals(); signal += 5) {
                Witness wrong = sketch.witness(circuit);
                wrong.set(signal, wrong.get(signal).add(Fr.ONE));
                if (circuit.firstUnsatisfied(wrong).isPresent()) {
                    assertThatThrownBy(() -> prover.prove(wrong, Blinding.secure()))
                            .hasMessageContaining("does not satisfy");
                }
            }
            assertThatThrownBy(() -> new PlonkProver(key, crs, stopped, Progress.NONE))
                    .isInstanceOf(CancellationException.class);
        }
    }
}
