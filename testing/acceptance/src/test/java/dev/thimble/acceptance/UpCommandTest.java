package dev.thimble.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code thimble up} with a configuration file: the line that says it is ready, signals, what a kill -9 leaves behind. */
class UpCommandTest {
    private static final String TOKEN = "a-token-that-nobody-may-see";

    @TempDir
    Path folder;

    @BeforeEach
    void needsANode() {
        ServiceProcess.assumeAnvil();
    }

    private Path home() {
        return folder.resolve("home");
    }

    private Path configuration() throws Exception {
        var settings = Map.of(
                "home", home().toString(),
                "profile", "test",
                "batch-program", "header-chain",
                "database-port", "" + ServerProcess.freePort(),
                "api-port", "0",
                "proof-data-port", "0",
                "prometheus-port", "0");
        var lines = settings.entrySet().stream().map(line -> line.getKey() + ": " + line.getValue());
        return Files.write(folder.resolve("thimble.yaml"), lines.toList());
    }

    @Test
    void saysWhenItIsReadyAndLeavesNothingBehind() throws Exception {
        var configuration = configuration().toString();
        var launcher = Launcher.in(folder).with("THIMBLE_TOKEN", TOKEN);
        try (var first = ServiceProcess.start(launcher, "up", "--config", configuration)) {
            var ready = first.ready();
            assertThat(ready.path("component").asString()).isEqualTo("up");
            assertThat(ready.path("state").asString()).isEqualTo("ready");
            assertThat(ready.path("pid").asLong()).isEqualTo(first.process.pid());
            assertThat(ready.path("database").asString()).startsWith("jdbc:postgresql://localhost:");
            assertThat(ready.path("store").asString())
                    .isEqualTo(home().resolve("store").toString());
            assertThat(ServiceProcess.get(first.url("page")).body()).contains("<title>Thimble</title>");
            assertThat(ServiceProcess.get(first.url("metrics")).body()).contains("component=\"up\"");
            assertThat(first.output() + first.log()).doesNotContain(TOKEN);
            refusesASecondOne(launcher, configuration, first);

            var node = first.nodes().getFirst();
            var database = OwnPostgres.of(home()).orElseThrow();
            first.kill();
            ServiceProcess.awaitEnd(node);
            assertThat(database.isAlive()).as("PostgreSQL outlives its starter").isTrue();
            takesOver(launcher, configuration, database);
        }
    }

    private static void refusesASecondOne(Launcher launcher, String configuration, ServiceProcess first)
            throws Exception {
        var second = launcher.run("up", "--config", configuration, "--json");
        assertThat(second.exitCode()).isEqualTo(3);
        assertThat(second.json().path("error").path("code").asString()).isEqualTo("ALREADY_RUNNING");
        assertThat(second.json().path("error").path("message").asString())
                .contains("process " + first.process.pid(), first.url("page").toString());
    }

    private void takesOver(Launcher launcher, String configuration, ProcessHandle database) throws Exception {
        try (var again = ServiceProcess.start(launcher, "up", "--config", configuration)) {
            again.ready();
            assertThat(OwnPostgres.of(home())).contains(database);
            var node = again.nodes().getFirst();
            assertThat(again.terminate()).as(again.toString()).isZero();
            ServiceProcess.awaitEnd(node);
            ServiceProcess.awaitEnd(database);
            assertThat(again.output().lines()).hasSize(1);
        }
    }

    /** A gateway that waited for the first worker did not hear SIGTERM; Ctrl-C ended services with 0. */
    @ParameterizedTest
    @CsvSource({"TERM, 0", "INT, 130"})
    void aGatewayThatWaitsCanBeStopped(String signal, int exitCode) throws Exception {
        var launcher = Launcher.in(folder).with("THIMBLE_HOME", home().toString());
        try (var gateway = ServiceProcess.start(
                launcher,
                ServiceProcess.HEARS_INTERRUPTS,
                "gateway",
                "--database-port",
                "" + ServerProcess.freePort(),
                "--prometheus-port",
                "0")) {
            while (!gateway.log().contains("waiting for protocol version")) {
                assertThat(gateway.process.isAlive()).as(gateway.toString()).isTrue();
                Thread.sleep(50);
            }
            assertThat(gateway.end(signal)).as(gateway.toString()).isEqualTo(exitCode);
            assertThat(gateway.json().path("state").asString()).isEqualTo("stopped");
            assertThat(OwnPostgres.of(home())).isEmpty();
        }
    }
}
