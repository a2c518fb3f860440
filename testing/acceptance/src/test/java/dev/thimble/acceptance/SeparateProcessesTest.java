package dev.thimble.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The system as processes of one machine: two batches of signed transfers end proven, status is right line by line, each
 * process stays within its heap and ends in good order. {@code -Dthimble.acceptance.profile=laptop} proves in that profile.
 */
@Tag("full")
class SeparateProcessesTest {
    private static final String PROFILE =
            Objects.requireNonNullElse(System.getProperty("thimble.acceptance.profile"), "test");
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final long MEGABYTE = 1 << 20;

    @TempDir
    Path folder;

    private final List<ServiceProcess> services = new ArrayList<>();

    private Launcher launcher() {
        return Launcher.in(folder)
                .with("THIMBLE_HOME", folder.resolve("home").toString())
                .with("THIMBLE_PROFILE", PROFILE)
                .with("THIMBLE_PROMETHEUS_PORT", "0")
                .with("THIMBLE_DATABASE_PORT", "" + databasePort);
    }

    private final int databasePort = ServerProcess.freePort();

    private ServiceProcess start(String... arguments) throws Exception {
        var service = ServiceProcess.start(launcher(), arguments);
        services.add(service);
        return service;
    }

    @Test
    void proveTwoBatchesAndStopInGoodOrder() throws Exception {
        ServiceProcess.assumeAnvil();
        var port = "" + ServerProcess.freePort();
        try {
            initialiseTwice();
            var gateway = start("gateway", "--server-url", "http://127.0.0.1:" + port);
            var witness = start("witness-generator", "--all-rounds");
            var vectors = start("witness-vector-generator", "--traces-port", "0");
            var prover = start("prover");
            var server = start("server", "--api-port", "0", "--proof-data-port", port, "--batch-blocks", "2");
            assertThat(witness.ready().path("urls")).hasSize(5);
            refusesTheCompressor();
            Transfers.send(URI.create(server.ready().path("rpc").asString()), 4);
            awaitBothBatches();
            statusIsRightLineByLine();
            staysBelow(512, gateway, "metrics");
            staysBelow(512, vectors, "metrics");
            staysBelow(3072, witness, "metrics");
            staysBelow(Long.MAX_VALUE / MEGABYTE, prover, "metrics");
            assertThat(heapMegabytes(server.ready().path("metrics").asString() + "/metrics", "max"))
                    .isLessThanOrEqualTo(512);
            stopInGoodOrder();
        } finally {
            services.forEach(ServiceProcess::close);
        }
    }

    private void initialiseTwice() throws Exception {
        var first = launcher().run("init", "--json");
        assertThat(first.exitCode()).as(first.toString()).isZero();
        var second = launcher().run("init", "--json");
        assertThat(second.out()).isEqualTo(first.out());
    }

    private void refusesTheCompressor() throws Exception {
        var run = launcher().run("compressor", "--json");
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.json().path("error").path("code").asString()).isEqualTo("NOT_AVAILABLE");
    }

    private JsonNode chain() throws Exception {
        var run = launcher().run("status", "prover", "--json");
        assertThat(run.exitCode()).as(run.toString()).isZero();
        return run.json().path("chains").path(0);
    }

    private void awaitBothBatches() throws Exception {
        var end = Instant.now().plus(PATIENCE);
        while (!chain().path("batches")
                .valueStream()
                .map(batch -> batch.path("state").asString())
                .toList()
                .equals(List.of("basic_proven", "basic_proven"))) {
            assertThat(Instant.now()).as(chain() + "\n" + services).isBefore(end);
            Thread.sleep(2_000);
        }
    }

    private void statusIsRightLineByLine() throws Exception {
        var chain = chain();
        var key = chain.path("verificationKey").path("database").asString();
        assertThat(key).matches("0x[0-9a-f]{64}");
        assertThat(chain.path("chainId").asLong()).isEqualTo(271);
        assertThat(chain.path("stateKeeper").toString()).isEqualTo("{\"first\":1,\"recent\":2}");
        assertThat(chain.path("next").asLong()).isEqualTo(3);
        var text = launcher().run("status", "prover");
        assertThat(text.exitCode()).isZero();
        var lines = text.out().lines().toList();
        assertThat(lines.subList(0, 5))
                .containsExactly(
                        "==== FRI Prover status ====",
                        "State keeper: First batch: 1, recent batch: 2",
                        "L1 state: not connected",
                        "Verification key hash on contract is unknown",
                        "Verification key in database is " + key);
        assertThat(lines)
                .containsSequence(
                        "Verifier params on contract are unknown",
                        "Next block that should be verified is: 3",
                        "Checking status of the proofs...");
        for (var batch : chain.path("batches").values()) {
            isRight(batch, lines);
        }
        assertThat(launcher()
                        .run("status", "prover", "--json")
                        .json()
                        .path("workers")
                        .valueStream()
                        .map(worker -> worker.path("component").asString()))
                .contains("gateway", "witness-generator", "witness-vector-generator", "prover");
    }

    private static void isRight(JsonNode batch, List<String> lines) {
        long number = batch.path("number").asLong();
        int proofs = batch.path("proofs").path("total").asInt();
        assertThat(batch.path("proofs").toString())
                .isEqualTo(String.format(
                        Locale.ROOT,
                        "{\"successful\":%d,\"failed\":0,\"inProgress\":0,\"queued\":0,\"total\":%d}",
                        proofs,
                        proofs));
        assertThat(batch.path("blockedBy").isNull()).isTrue();
        int line = lines.indexOf("Proof progress for " + number + " : " + proofs
                + " successful, 0 failed, 0 in progress, 0 queued.  Compression job status: not available");
        assertThat(line).as(lines.toString()).isPositive();
        assertThat(lines.get(line + 1)).isEqualTo("  state basic_proven");
        var rounds = batch.path("rounds")
                .valueStream()
                .map(round -> "  " + round.path("round").asString() + " "
                        + round.path("circuit").asString() + " " + round.path("done") + "/" + round.path("total"))
                .toList();
        assertThat(rounds).isNotEmpty();
        assertThat(lines.subList(line + 2, line + 2 + rounds.size())).isEqualTo(rounds);
        assertThat(batch.path("rounds")
                        .valueStream()
                        .mapToInt(round -> round.path("done").asInt())
                        .sum())
                .isEqualTo(proofs);
    }

    private static void staysBelow(long megabytes, ServiceProcess service, String url) throws Exception {
        long most = heapMegabytes(service.url(url).toString(), "max");
        assertThat(most).as(service.toString()).isLessThanOrEqualTo(megabytes);
        System.err.println(service.json().path("component").asString() + ": heap of " + most + " MB, resident at most "
                + residentMegabytes(service) + " MB");
    }

    /** What Prometheus is told about the heap. */
    private static long heapMegabytes(String metrics, String which) throws Exception {
        var text = ServiceProcess.get(URI.create(metrics)).body();
        var value = Pattern.compile("(?m)^jvm_memory_" + which + "_bytes\\{area=\"heap\"} (\\S+)$")
                .matcher(text);
        assertThat(value.find()).as(text).isTrue();
        return (long) (Double.parseDouble(value.group(1)) / MEGABYTE);
    }

    private static long residentMegabytes(ServiceProcess service) throws IOException {
        var line = Files.readAllLines(Path.of("/proc", "" + service.process.pid(), "status")).stream()
                .filter(text -> text.startsWith("VmHWM:"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
    }

    private void stopInGoodOrder() throws Exception {
        var node = services.getLast().nodes().getFirst();
        var database = OwnPostgres.of(folder.resolve("home")).orElseThrow();
        for (var service : services) {
            assertThat(service.terminate()).as(service.toString()).isZero();
            assertThat(service.output().lines()).hasSize(1);
        }
        ServiceProcess.awaitEnd(node);
        ServiceProcess.awaitEnd(database);
    }
}
