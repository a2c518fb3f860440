package dev.thimble.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Components on machines whose clocks are wrong prove as others do. Needs faketime; skipped without it, except in CI. */
@Tag("full")
class WrongClocksTest {
    private static final Path LIBRARY = Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1");
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    @TempDir
    Path folder;

    private final int databasePort = ServerProcess.freePort();
    private final List<ServiceProcess> services = new ArrayList<>();

    private Launcher launcher() {
        return Launcher.in(folder)
                .with("THIMBLE_HOME", folder.resolve("home").toString())
                .with("THIMBLE_PROFILE", "test")
                .with("THIMBLE_PROMETHEUS_PORT", "0")
                .with("THIMBLE_DATABASE_PORT", "" + databasePort)
                // Only the time of day is wrong. Without the second, timed waits return at once and every thread spins.
                .with("FAKETIME_DONT_FAKE_MONOTONIC", "1")
                .with("FAKETIME_FORCE_MONOTONIC_FIX", "0");
    }

    private ServiceProcess start(String offset, String... arguments) throws Exception {
        var launcher = launcher();
        if (!offset.isEmpty()) {
            // Not the command faketime: it starts a child of its own, which does not get our SIGTERM.
            launcher = launcher.with("LD_PRELOAD", LIBRARY.toString()).with("FAKETIME", offset);
        }
        var service = ServiceProcess.start(launcher, arguments);
        services.add(service);
        return service;
    }

    private static void assumeFaketime() {
        if (!Boolean.parseBoolean(System.getenv("CI"))) {
            assumeTrue(Files.exists(LIBRARY), "faketime is not installed");
        }
    }

    @Test
    void aBatchIsProven() throws Exception {
        ServiceProcess.assumeAnvil();
        assumeFaketime();
        var port = "" + ServerProcess.freePort();
        try {
            // The server is first: PostgreSQL, which it starts, has the right time.
            var server = start("", "server", "--api-port", "0", "--proof-data-port", port, "--batch-blocks", "2");
            var rpc = URI.create(server.ready().path("rpc").asString());
            start("-3h", "gateway", "--server-url", "http://127.0.0.1:" + port);
            start("+2d", "witness-generator", "--all-rounds");
            start("-26h", "prover");
            Transfers.send(rpc, 2);
            awaitProven();
            for (var service : services) {
                assertThat(service.terminate()).as(service.toString()).isZero();
            }
        } finally {
            services.forEach(ServiceProcess::close);
        }
    }

    private void awaitProven() throws Exception {
        var end = Instant.now().plus(PATIENCE);
        while (true) {
            var run = launcher().run("status", "prover", "--json");
            assertThat(run.exitCode()).as(run.toString()).isZero();
            JsonNode batch = run.json().path("chains").path(0).path("batches").path(0);
            if (batch.path("state").asString().equals("basic_proven")) {
                assertThat(batch.path("proofs").path("failed").asInt()).isZero();
                return;
            }
            assertThat(Instant.now()).as(run + "\n" + services).isBefore(end);
            Thread.sleep(2_000);
        }
    }
}
