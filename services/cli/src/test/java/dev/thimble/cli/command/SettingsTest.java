package dev.thimble.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.cli.InProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("thimble.yaml"), text);
    }

    private static String profileWithOrigin(InProcess.Run run) {
        for (var setting : run.json().get("settings")) {
            if (setting.get("name").asString().equals("profile")) {
                return setting.get("value").asString() + " from "
                        + setting.get("origin").asString();
            }
        }
        return "absent: " + run;
    }

    @Test
    void flagOverEnvironmentOverFileOverDefault() throws IOException {
        var config = file("profile: server\n").toString();
        var environment = Map.of("THIMBLE_PROFILE", "test");
        assertThat(profileWithOrigin(InProcess.run(Map.of(), "config", "show", "--json")))
                .isEqualTo("laptop from default");
        assertThat(profileWithOrigin(InProcess.run(Map.of(), "config", "show", "--json", "--config", config)))
                .isEqualTo("server from file " + config);
        assertThat(profileWithOrigin(InProcess.run(environment, "config", "show", "--json", "--config", config)))
                .isEqualTo("test from environment THIMBLE_PROFILE");
        assertThat(profileWithOrigin(InProcess.run(
                        environment, "config", "show", "--json", "--config", config, "--profile", "laptop")))
                .isEqualTo("laptop from flag");
    }

    /** What providers of nodes put into URLs opens accounts. */
    @Test
    void secretsInUrlsAreHidden() {
        var environment = Map.of(
                "THIMBLE_L1_RPC_URL", "https://eve:sesame@l1.example.org/v3/0123456789abcdef",
                "THIMBLE_L2_RPC_URL", "https://l2.example.org/?key=sesame",
                "THIMBLE_TOKEN", "sesame-open-sesame",
                "THIMBLE_DATABASE_PASSWORD", "sesame");
        for (var command : List.of("config show", "config show --json")) {
            var shown = InProcess.run(environment, command.split(" ")).out();
            assertThat(shown)
                    .contains("https://(hidden)@l1.example.org/v3/(hidden)", "https://l2.example.org/?key=(hidden)")
                    .doesNotContain("sesame", "0123456789abcdef");
        }
    }

    @Test
    void configurationFileMayBeNamedByTheEnvironment() throws IOException {
        var config = file("profile: server\n").toString();
        assertThat(profileWithOrigin(InProcess.run(Map.of("THIMBLE_CONFIG", config), "config", "show", "--json")))
                .isEqualTo("server from file " + config);
    }

    @ParameterizedTest
    @CsvSource({
        "'profil: test', CONFIG_UNKNOWN_SETTING",
        "'profile: [test]', CONFIG_INVALID",
        "'- profile', CONFIG_INVALID",
        "'profile: {', CONFIG_INVALID",
        "'profile: huge', INVALID_SETTING",
        "'threads: 0', INVALID_SETTING"
    })
    void wrongFilesAreNamedErrors(String text, String code) throws IOException {
        var run = InProcess.run(
                Map.of(),
                "config",
                "show",
                "--json",
                "--config",
                file(text + "\n").toString());
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.json().get("error").get("code").asString()).isEqualTo(code);
    }

    @Test
    void emptyFileSetsNothing() throws IOException {
        var run = InProcess.run(Map.of(), "config", "show", "--config", file("").toString());
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void missingFileIsNamed() {
        var run = InProcess.run(Map.of(), "config", "show", "--config", folder + "/none.yaml");
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("none.yaml cannot be read");
    }

    @Test
    void wrongEnvironmentIsThreeAndWrongFlagIsTwo() {
        var environment = InProcess.run(Map.of("THIMBLE_THREADS", "many"), "config", "show");
        assertThat(environment.exitCode()).isEqualTo(3);
        assertThat(environment.err()).contains("THIMBLE_THREADS").contains("many");
        var flag = InProcess.run(Map.of(), "config", "show", "--threads", "many");
        assertThat(flag.exitCode()).isEqualTo(2);
        assertThat(flag.err()).contains("--threads many must be 1 to 999");
    }
}
