package dev.thimble.plonk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.plonkverifier.PlonkVerifier;
import dev.thimble.plonkverifier.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** snarkjs as an independent setup, prover and verifier. */
class SnarkjsTest {
    @TempDir
    static Path folder;

    private static Sample sample;

    @BeforeAll
    static void make() throws Exception {
        Snarkjs.require();
        sample = Sample.make(folder);
    }

    @Test
    void acceptsOurProof() throws Exception {
        assertThat(Snarkjs.judge(
                        folder,
                        List.of(new Snarkjs.Item(
                                sample.key().toJson(), sample.proof().toJson(), sample.inputsJson()))))
                .containsExactly("accepted");
    }

    /** Its setup from our constraints gives our key byte for byte, and its proof of our witness passes our verifier. */
    @Test
    void agreesAsSetupAndProver() throws Exception {
        SnarkjsFiles.writeR1cs(sample.circuit(), folder.resolve("circuit.r1cs"));
        SnarkjsFiles.writeWtns(sample.witness(), folder.resolve("witness.wtns"));
        Snarkjs.command(folder, "plonk", "setup", "circuit.r1cs", "development.ptau", "circuit.zkey");
        Snarkjs.command(folder, "zkey", "export", "verificationkey", "circuit.zkey", "key.json");
        assertThat(Files.readString(folder.resolve("key.json")))
                .isEqualTo(sample.key().toJson());

        Snarkjs.command(folder, "plonk", "prove", "circuit.zkey", "witness.wtns", "proof.json", "public.json");
        String publicJson = Files.readString(folder.resolve("public.json"));
        assertThat(publicJson).isEqualTo(sample.inputsJson());
        assertThat(PlonkVerifier.verify(
                        sample.key().toJson(), Files.readString(folder.resolve("proof.json")), publicJson))
                .isEqualTo(new Verdict.Accepted());
    }

    @Test
    void exportsTheSameKeyFromOurHeader() throws Exception {
        SnarkjsFiles.writeHeaderZkey(sample.key(), sample.circuit(), folder.resolve("header.zkey"));
        Snarkjs.command(folder, "zkey", "export", "verificationkey", "header.zkey", "header.json");
        assertThat(Files.readString(folder.resolve("header.json")))
                .isEqualTo(sample.key().toJson());
    }

    @Test
    void calldataIsWhatSnarkjsExports() throws Exception {
        Files.writeString(folder.resolve("our-proof.json"), sample.proof().toJson());
        Files.writeString(folder.resolve("our-public.json"), sample.inputsJson());
        String exported =
                Snarkjs.command(folder, "zkey", "export", "soliditycalldata", "our-public.json", "our-proof.json");
        String words = exported.replaceAll("[^0-9a-fx]", "").replace("0x", "");
        assertThat(sample.proof().calldata(sample.inputs()).substring(10)).isEqualTo(words);
    }
}
