package dev.thimble.plonk;

import dev.thimble.bn254.Fr;
import dev.thimble.bn254.Parallel;
import dev.thimble.plonkverifier.PlonkProof;
import dev.thimble.plonkverifier.VerificationKey;
import java.nio.file.Path;
import java.util.List;

/** A circuit with two public inputs, its keys and a proof: small, deterministic, made in a folder. */
record Sample(Path string, Crs crs, PlonkCircuit circuit, Witness witness, VerificationKey key, PlonkProof proof) {

    static Sample make(Path folder) throws Exception {
        try (Parallel parallel = new Parallel(2)) {
            Path string = folder.resolve("development.ptau");
            DevelopmentCrs.make(7, "sample", string, parallel);
            Crs crs = Crs.open(string);
            Sketch sketch = Sketch.random(2027, 2, 70);
            PlonkCircuit circuit = sketch.circuit();
            Witness witness = sketch.witness(circuit);
            ProvingKey key =
                    new PlonkSetup(circuit, crs, parallel, Progress.NONE).writeProvingKey(folder.resolve("sample.key"));
            PlonkProof proof =
                    new PlonkProver(key, crs, parallel, Progress.NONE).prove(witness, Blinding.deterministic(7));
            return new Sample(string, crs, circuit, witness, key.verificationKey(), proof);
        }
    }

    List<Fr> inputs() {
        return witness.publicInputs(circuit.publicInputs());
    }

    String inputsJson() {
        return VerificationKey.publicInputsToJson(inputs());
    }
}
