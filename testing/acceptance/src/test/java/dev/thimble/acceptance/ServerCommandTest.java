package dev.thimble.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The command server as a process of its own: ports, signals, kill -9, going on. */
class ServerCommandTest {
    @TempDir
    Path folder;

    @Test
    void goesOnAfterKillAndStopsInGoodOrder() throws Exception {
        try (var server = new ServerProcess(folder)) {
            var first = server.start("--batch-blocks", "2", "--batch-seconds", "3600");
            assertThat(server.get(server.metricsPort, "/health").statusCode()).isEqualTo(200);
            assertThat(new String(server.get(server.apiPort, "/").body(), UTF_8))
                    .contains("<title>Thimble</title>");
            for (int i = 0; i < 3; i++) {
                server.transfer();
            }
            server.awaitBatch("0x1");
            first.destroyForcibly().waitFor();

            var second = server.start("--batch-blocks", "2", "--batch-seconds", "3600");
            assertThat(server.rpc("eth_blockNumber", "[]").asString()).isEqualTo("0x3");
            server.transfer();
            server.awaitBatch("0x2");
            assertThat(server.rpc("zks_getL1BatchBlockRange", "[2]").toString()).isEqualTo("[\"0x3\",\"0x4\"]");
            assertThat(new String(server.get(server.metricsPort, "/ready").body(), UTF_8))
                    .contains("sequencer: ready");
            refusesASecondOne(server);

            var stopping = Instant.now();
            second.destroy();
            assertThat(second.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(second.exitValue()).as(server.log()).isZero();
            assertThat(Duration.between(stopping, Instant.now())).isLessThan(Duration.ofSeconds(30));
        }
    }

    private void refusesASecondOne(ServerProcess server) throws Exception {
        var api = "" + server.apiPort;
        var elsewhere = Launcher.in(folder)
                .run(
                        "server",
                        "--home",
                        folder.resolve("other").toString(),
                        "--api-port",
                        api,
                        "--l2-rpc-url",
                        "http://127.0.0.1:" + api,
                        "--batch-program",
                        "header-chain",
                        "--database-port",
                        "" + ServerProcess.freePort(),
                        "--json");
        assertThat(elsewhere.exitCode()).as(elsewhere.toString()).isEqualTo(3);
        assertThat(elsewhere.json().path("error").path("code").asString()).isEqualTo("PORT_TAKEN");
        assertThat(elsewhere.json().path("error").path("message").asString()).contains(api, "--api-port");

        var sameHome = Launcher.in(folder).run(server.arguments("--components=sequencer", "--json"));
        assertThat(sameHome.exitCode()).as(sameHome.toString()).isEqualTo(3);
        assertThat(sameHome.json().path("error").path("message").asString())
                .contains("another process runs the L2 node");
    }

    /** Killed again and again while blocks arrive: every block is in exactly one batch, every input is whole. */
    @Test
    @Tag("full")
    void losesNothingWhateverTheMomentOfKill() throws Exception {
        long seed = System.nanoTime();
        var random = new SplittableRandom(seed);
        try (var server = new ServerProcess(folder)) {
            for (int round = 0; round < 6; round++) {
                var process = server.start("--batch-blocks", "3", "--batch-seconds", "1");
                var end = Instant.now().plusMillis(random.nextLong(200, 3_000));
                while (Instant.now().isBefore(end)) {
                    server.transfer();
                }
                process.destroyForcibly().waitFor();
            }
            server.start("--batch-blocks", "3", "--batch-seconds", "1");
            long head = Long.decode(server.rpc("eth_blockNumber", "[]").asString());
            checkBatches(server, head, seed);
        }
    }

    private static void checkBatches(ServerProcess server, long head, long seed) throws Exception {
        long next = 1;
        for (long number = 1; next <= head; number++) {
            JsonNode range = server.rpc("zks_getL1BatchBlockRange", "[" + number + "]");
            var end = Instant.now().plus(Duration.ofMinutes(1));
            while (range.isNull()) {
                assertThat(Instant.now()).as("seed %d, batch %d", seed, number).isBefore(end);
                Thread.sleep(200);
                range = server.rpc("zks_getL1BatchBlockRange", "[" + number + "]");
            }
            assertThat(Long.decode(range.get(0).asString()))
                    .as("seed %d, batch %d", seed, number)
                    .isEqualTo(next);
            next = Long.decode(range.get(1).asString()) + 1;
            JsonNode last = server.rpc("eth_getBlockByNumber", "[" + range.get(1) + ",false]");
            assertThat(server.rpc("zks_getL1BatchDetails", "[" + number + "]").path("rootHash"))
                    .isEqualTo(last.path("stateRoot"));
        }
        checkInputs(server, seed);
    }

    /** Takes every batch as a gateway would. */
    private static void checkInputs(ServerProcess server, long seed) throws Exception {
        for (int number = 1; ; number++) {
            JsonNode batch = server.post(
                            server.proofDataPort,
                            "/v1/proof-generation-data",
                            "{\"gateway\":\"test\",\"protocolVersions\":[\"0.1.0\"]}")
                    .path("batch");
            if (batch.isNull()) {
                assertThat(number).isGreaterThan(1);
                return;
            }
            String path = "/v1/batches/271/" + number;
            assertThat(batch.path("number").asInt()).as("seed %d", seed).isEqualTo(number);
            byte[] input = server.get(server.proofDataPort, path + "/input").body();
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(input);
            assertThat("0x" + HexFormat.of().formatHex(digest))
                    .as("seed %d", seed)
                    .isEqualTo(batch.path("input").path("sha256").asString());
            server.post(server.proofDataPort, path + "/acknowledge", "{\"gateway\":\"test\"}");
        }
    }

    @Test
    void refusesWhatCannotWork() throws Exception {
        try (var server = new ServerProcess(folder)) {
            var launcher = Launcher.in(folder);
            var unknown = launcher.run(server.arguments("--components=api,teapot", "--json"));
            assertThat(unknown.exitCode()).isEqualTo(2);
            assertThat(unknown.json().path("error").path("message").asString()).contains("teapot", "witness-input");
            var open = launcher.run(server.arguments("--host", "0.0.0.0", "--json"));
            assertThat(open.exitCode()).isEqualTo(3);
            assertThat(open.json().path("error").path("code").asString()).isEqualTo("TOKEN_MISSING");
            var tooShort = launcher.with("THIMBLE_TOKEN", "tooshort").run(server.arguments("--json"));
            assertThat(tooShort.exitCode()).isEqualTo(3);
            assertThat(tooShort.out()).contains("(hidden)").doesNotContain("tooshort");
            var shown = launcher.with("THIMBLE_TOKEN", "a-token-that-nobody-may-see")
                    .run("config", "show", "--json");
            assertThat(shown.out()).contains("(hidden)").doesNotContain("nobody-may-see");
            var url = "jdbc:postgresql://127.0.0.1:" + server.databasePort + "/x";
            var away = launcher.run(server.arguments("--database-url", url, "--json"));
            assertThat(away.exitCode()).isEqualTo(3);
            assertThat(away.json().path("error").path("code").asString()).isEqualTo("DATABASE_UNAVAILABLE");
        }
    }
}
