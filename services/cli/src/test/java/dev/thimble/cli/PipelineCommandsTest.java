package dev.thimble.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.thimble.cli.command.HomeFolder;
import dev.thimble.cli.command.RunLock;
import dev.thimble.cli.database.PortClaims;
import dev.thimble.ethereum.AnvilProcess;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The pipeline's commands in this process: one demo, then everything that looks at what it left. */
class PipelineCommandsTest {
    @TempDir
    private Path home;

    private InProcess.Run run(String... arguments) {
        return InProcess.run(Map.of("THIMBLE_HOME", home.toString(), "THIMBLE_PROFILE", "test"), arguments);
    }

    @Test
    void aDemoIsProvenAndGoesOnWhereItWas() {
        assumeTrue(AnvilProcess.locate().isPresent() || "true".equals(System.getenv("CI")), "anvil is not installed");
        var first = run("demo", "--json", "--transactions", "1");
        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.json().get("result").asString()).isEqualTo("basic_proven");
        assertThat(first.json().get("batches").get(0).get("number").asLong()).isEqualTo(1);
        statusKnowsTheBatch();
        jobsAreListedAndShown();
        operatorsActDryUnlessToldOtherwise();
        var again = run("demo", "--json", "--transactions", "1");
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(again.json().get("batches").get(0).get("number").asLong()).isEqualTo(2);
    }

    private void statusKnowsTheBatch() {
        var text = run("status", "prover").out();
        assertThat(text)
                .startsWith("==== FRI Prover status ====\nState keeper: First batch: 1, recent batch: 1\n"
                        + "L1 state: not connected\nVerification key hash on contract is ")
                .contains("\nNext block that should be verified is: 2\nChecking status of the proofs...\n")
                .containsPattern("Proof progress for 1 : \\d+ successful, 0 failed, 0 in progress, 0 queued.  "
                        + "Compression job status: ");
        var json = run("status", "prover", "--json").json().get("chains").get(0);
        assertThat(json.get("l1").isNull()).isTrue();
        JsonNode batch = json.get("batches").get(0);
        assertThat(batch.get("state").asString()).isEqualTo("basic_proven");
        assertThat(batch.get("proofs").get("successful"))
                .isEqualTo(batch.get("proofs").get("total"));
        assertThat(run("status", "prover", "--batch", "77").exitCode()).isEqualTo(3);
        assertThat(run("status", "prover", "--chain", "77", "--json").out()).contains("UNKNOWN_CHAIN");
    }

    private void jobsAreListedAndShown() {
        var jobs = run("job", "list", "--batch", "1", "--json").json().get("jobs");
        assertThat(jobs.valueStream().map(job -> job.get("state").asString())).containsOnly("successful");
        var shown =
                run("job", "show", jobs.get(0).get("id").asString(), "--json").json();
        assertThat(shown.get("history").get(0).get("outcome").asString()).isEqualTo("successful");
        assertThat(run("job", "show", "999999").exitCode()).isEqualTo(3);
        assertThat(run("job", "list", "--state", "asleep").exitCode()).isEqualTo(2);
    }

    private void operatorsActDryUnlessToldOtherwise() {
        var dry = run("batch", "restart", "1", "--from", "basic_circuits", "--json")
                .json();
        assertThat(dry.get("dryRun").asBoolean()).isTrue();
        assertThat(dry.get("changed").asInt()).isPositive();
        assertThat(run("status", "prover").out()).contains("state basic_proven");
        var done = run("batch", "priority", "1", "5", "--yes", "--json").json();
        assertThat(done.get("dryRun").asBoolean()).isFalse();
        assertThat(run("batch", "restart", "1", "--from", "scheduler").exitCode())
                .isEqualTo(3);
        assertThat(run("job", "cancel").exitCode()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "status prover, NO_DATABASE",
        "job list, NO_DATABASE",
        "compressor, NOT_AVAILABLE",
        "witness-generator --round=scheduler, NOT_AVAILABLE",
        "prover --backend=gpu, NOT_AVAILABLE",
        "init --l1 http://localhost:1, NO_SNARK_KEY",
    })
    void whatCannotBeIsOneLineAndThree(String command, String code) {
        var run = run((command + " --json").split(" "));
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.json().get("error").get("code").asString()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "witness-generator",
        "witness-generator --all-rounds --round=basic_circuits",
        "job requeue",
        "up --components=sequencer",
        "demo --components=api",
        "status prover --watch --json"
    })
    void wrongUseIsTwo(String command) {
        assertThat(run(command.split(" ")).exitCode()).isEqualTo(2);
    }

    @Test
    void aSecondDemoInTheSameHomeIsToldWhoRuns() throws Exception {
        try (var lock = RunLock.take(HomeFolder.open(home), "demo")) {
            assertThat(lock).isNotNull();
            RunLock.announce(home, "demo", URI.create("http://127.0.0.1:3050"));
            var second = run("demo", "--json");
            assertThat(second.exitCode()).isEqualTo(3);
            assertThat(second.json().get("error").get("message").asString())
                    .contains("thimble demo (process ", "http://127.0.0.1:3050");
        }
    }

    @Test
    void takenPortsArePassedOver() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var first = new PortClaims();
                var second = new PortClaims()) {
            int port = first.claim(taken.getLocalPort());
            assertThat(port).isGreaterThan(taken.getLocalPort());
            assertThat(second.claim(port))
                    .as("claimed, though nobody listens there yet")
                    .isGreaterThan(port);
        }
    }
}
