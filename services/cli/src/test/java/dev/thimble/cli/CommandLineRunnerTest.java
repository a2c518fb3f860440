package dev.thimble.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.cli.command.BugReport;
import dev.thimble.cli.command.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class CommandLineRunnerTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {"", "nonsense", "config", "config show --no-such-flag", "config show --threads", "doctor extra"})
    void wrongUseIsTwoWithOneLineAndAHint(String line) {
        var run = InProcess.run(Map.of(), line.isEmpty() ? new String[0] : line.split(" "));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).hasSize(2);
        assertThat(run.err()).startsWith("thimble: ").contains("--help");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense --json", "--json config", "doctor --json --no-such-flag"})
    void wrongUseWithJsonIsOneErrorObject(String line) {
        var run = InProcess.run(Map.of(), line.split(" "));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.json().get("schema").asInt()).isEqualTo(1);
        assertThat(run.json().get("error").propertyNames()).containsExactly("code", "message", "hint");
        assertThat(run.err()).isEmpty();
    }

    /** What docs/cli.md promises and this build lacks says so, whatever is asked of it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "compressor --crs F",
                "compress F --crs C --out DIR",
                "recursion cost --circuit MAIN_VM",
                "batch proof 1 --stage snark --out F",
                "verify F --batch-public B.json",
                "setup gpu",
                "witness-generator --round=scheduler"
            })
    void whatThisBuildLacksIsNotAvailable(String line) {
        var run = InProcess.run(Map.of(), (line + " --json").split(" "));
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.json().path("error").path("code").asString()).isEqualTo("NOT_AVAILABLE");
        assertThat(run.json().path("error").path("hint").asString()).isNotBlank();
    }

    @Test
    void helpAndVersionGoToStandardOutput() {
        for (var line : List.of("--help", "config --help", "config show --help", "doctor --help", "--version")) {
            var run = InProcess.run(Map.of(), line.split(" "));
            assertThat(run.exitCode()).as(line).isZero();
            assertThat(run.out()).as(line).isNotBlank();
            assertThat(run.err()).as(line).isEmpty();
        }
    }

    @Test
    void doctorChecksThisMachine() {
        var run = InProcess.run(Map.of("THIMBLE_HOME", folder.resolve("home").toString()), "doctor", "--json");
        var names = run.json().get("checks").values().stream()
                .map(check -> check.get("name").asString())
                .toList();
        assertThat(names).contains("jdk", "vector", "maven", "node", "npm", "memory", "home", "disk");
        boolean ok = run.json().get("checks").values().stream()
                .map(check -> check.get("ok"))
                .allMatch(JsonNode::asBoolean);
        assertThat(run.exitCode()).isEqualTo(ok ? 0 : 3);
    }

    @Test
    void homeThatIsAFileIsNamed() throws Exception {
        var file = Files.writeString(folder.resolve("home"), "");
        var run = InProcess.run(Map.of(), "doctor", "--home", file.toString());
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.out()).contains("the state folder " + file + " cannot be used");
    }

    @Test
    void bugsLeaveAReport() throws Exception {
        var home = folder.resolve("home");
        var failure = BugReport.write(new IllegalStateException("planted"), new String[] {"prove", "--json"}, home);
        assertThat(failure.exitCode()).isEqualTo(ExitCode.BUG);
        try (var reports = Files.list(home.resolve("reports"))) {
            var report = reports.findFirst().orElseThrow();
            assertThat(failure.hint()).contains(report.toString());
            assertThat(Files.readString(report)).contains("command: prove --json", "planted", "java: ");
        }
    }
}
