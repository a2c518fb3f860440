package dev.thimble.cli.proving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.cli.InProcess;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The recorded verification keys are those that this build computes. If a circuit changed on purpose: setup --record. */
class KeyManifestTest {
    @TempDir
    Path home = Path.of("");

    @ParameterizedTest
    @CsvSource({"header-chain,test", "stf,test"})
    void theKeysAreThoseRecorded(String program, String profile) {
        var elf = Path.of("../../guest/bin").resolve(program + ".elf");
        var run = InProcess.run(
                Map.of(),
                "setup",
                "--json",
                "--home",
                home.toString(),
                "--program",
                elf.toString(),
                "--profile",
                profile);
        assertThat(run.exitCode()).as(run.toString()).isZero();
        var id = run.json().get("programId").asString();
        assertThat(KeyManifest.ofBuild().entries()).anySatisfy(entry -> {
            assertThat(entry.programId()).isEqualTo(id);
            assertThat(entry.profile()).isEqualTo(profile);
        });
    }

    @Tag("full")
    @ParameterizedTest
    @CsvSource({"header-chain,laptop", "stf,laptop"})
    void theKeysOfTheLaptopProfileAreThoseRecorded(String program, String profile) {
        theKeysAreThoseRecorded(program, profile);
    }
}
