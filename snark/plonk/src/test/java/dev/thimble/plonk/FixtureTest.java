package dev.thimble.plonk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The committed fixture is what setup and prover make today: both are deterministic. Run with -Dthimble.fixture.write=true to write it anew after a
 * deliberate change.
 */
class FixtureTest {
    private static final Path FIXTURE = Path.of("src/test/resources/dev/thimble/plonk/fixture");

    @TempDir
    Path folder;

    @Test
    void isReproducedByteForByte() throws Exception {
        Sample sample = Sample.make(folder);
        Map<String, String> files = Map.of(
                "verification_key.json", sample.key().toJson(),
                "proof.json", sample.proof().toJson(),
                "public.json", sample.inputsJson(),
                "calldata.hex", sample.proof().calldata(sample.inputs()));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = FIXTURE.resolve(file.getKey());
            if (Boolean.getBoolean("thimble.fixture.write")) {
                Files.createDirectories(FIXTURE);
                Files.writeString(path, file.getValue());
            }
            assertThat(path).hasContent(file.getValue());
        }
        assertThat(files.get("calldata.hex")).hasSize(2 + 2 * (4 + 24 * 32 + 2 * 32));
    }
}
