package dev.thimble.cli.block;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.cli.InProcess;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EestCommandTest {
    private static final String STATE = "../../testing/vectors/eest/state_cancun.ndjson.gz";
    private static final String BLOCKS = "../../testing/vectors/eest/blockchain_cancun.ndjson.gz";
    private static final long SEED = 20261127;

    @TempDir
    Path folder;

    @Test
    void aSampleInTheEmulatorIsReported() throws Exception {
        var results = folder.resolve("results.ndjson");
        var run = InProcess.run(
                Map.of(),
                "eest",
                STATE,
                "--json",
                "--machine",
                "riscv",
                "--sample",
                "4",
                "--seed",
                "7",
                "--results",
                results.toString());
        assertThat(run.exitCode()).as(run.toString()).isZero();
        var json = run.json();
        assertThat(json.get("machine").asString()).isEqualTo("riscv");
        assertThat(json.get("cases").asInt()).isEqualTo(4);
        assertThat(json.get("failed").asInt()).isZero();
        assertThat(json.get("passed").asInt() + json.get("unsupported").asInt()).isEqualTo(4);
        assertThat(json.get("seed").asLong()).isEqualTo(7);
        assertThat(json.get("unsupportedBy").has("BLOB_TX")).isTrue();
        assertThat(json.get("coverage").get("opcodes")).isNotEmpty();
        assertThat(Files.readAllLines(results)).hasSize(4).allMatch(line -> line.contains("\"stateRoot\""));
    }

    @Test
    void sampledCasesAreProvenAndVerified() throws Exception {
        prove(STATE, 8, 3);
        prove(BLOCKS, 8, 3);
    }

    @Test
    @Tag("full")
    void manySampledCasesAreProvenAndVerified() throws Exception {
        prove(STATE, 150, 100);
        prove(BLOCKS, 200, 100);
    }

    private void prove(String file, int sample, int count) throws Exception {
        var run = InProcess.run(
                Map.of("THIMBLE_HOME", folder.resolve("home").toString()),
                "eest",
                file,
                "--json",
                "--sample",
                Integer.toString(sample),
                "--seed",
                Long.toString(SEED),
                "--prove",
                Integer.toString(count),
                "--profile",
                "test");
        assertThat(run.exitCode()).as("seed %d: %s", SEED, run).isZero();
        assertThat(run.json().get("proved").asInt()).isEqualTo(count);
    }

    @Test
    void aCaseThatDoesSomethingElseIsAFailure() throws Exception {
        var cases = folder.resolve("cases.ndjson");
        try (var lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(Path.of(STATE))), StandardCharsets.UTF_8))) {
            Files.writeString(
                    cases,
                    String.valueOf(lines.readLine()).replaceFirst("\"hash\": ?\"0x....", "\"hash\":\"0x0000") + "\n");
        }
        var run = InProcess.run(Map.of(), "eest", cases.toString(), "--json", "--machine", "riscv");
        assertThat(run.exitCode()).as(run.toString()).isEqualTo(1);
        assertThat(run.json().get("failures").get(0).get("reason").asString()).startsWith("state root 0x");
    }

    @Test
    void mistakesAreOneClearLine() throws Exception {
        var none = InProcess.run(Map.of(), "eest", folder + "/none", "--json", "--machine", "riscv");
        assertThat(none.exitCode()).isEqualTo(3);
        assertThat(none.json().get("error").get("code").asString()).isEqualTo("FILE_UNREADABLE");
        var text = Files.writeString(folder.resolve("text"), "hello\n");
        var malformed = InProcess.run(Map.of(), "eest", text.toString(), "--json", "--machine", "riscv");
        assertThat(malformed.exitCode()).isEqualTo(3);
        assertThat(malformed.json().get("error").get("code").asString()).isEqualTo("CASES_MALFORMED");
        var machine = InProcess.run(Map.of(), "eest", STATE, "--json", "--machine", "other");
        assertThat(machine.exitCode()).isEqualTo(2);
    }
}
