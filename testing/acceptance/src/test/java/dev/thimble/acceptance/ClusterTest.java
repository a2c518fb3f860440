package dev.thimble.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Every component a process of its own, on the same state folder, as on a cluster. */
class ClusterTest {
    private static final String SERVER = "server";
    private static final int KILLS = 10;

    @TempDir
    Path folder;

    /** One after the other is killed at a random moment and started again: each block is proven, in exactly one batch. */
    @Test
    @Tag("full")
    void provesEverythingWhoeverIsKilled() throws Exception {
        long seed = System.nanoTime();
        System.out.println("kills of seed " + seed);
        var random = new SplittableRandom(seed);
        try (var server = new ServerProcess(folder)) {
            var running = new LinkedHashMap<String, Process>();
            running.put(SERVER, start(server, SERVER));
            for (var component : List.of("gateway", "witness-generator", "witness-vector-generator", "prover")) {
                running.put(component, start(server, component));
            }
            var names = List.copyOf(running.keySet());
            for (int i = 0; i < KILLS; i++) {
                server.transfer();
                Thread.sleep(random.nextLong(200, 5_000));
                var victim = names.get(random.nextInt(names.size()));
                System.out.println("kill " + i + ": " + victim);
                Objects.requireNonNull(running.get(victim)).destroyForcibly().waitFor();
                running.put(victim, start(server, victim));
            }
            awaitProven(server, running, "seed " + seed);
        }
    }

    private static Process start(ServerProcess server, String component) throws Exception {
        return switch (component) {
            case SERVER -> server.start("--batch-blocks", "3", "--batch-seconds", "1");
            case "gateway" -> server.startBeside(component, "--server-url", "http://127.0.0.1:" + server.proofDataPort);
            case "witness-generator" -> server.startBeside(component, "--all-rounds");
            case "witness-vector-generator" ->
                server.startBeside(component, "--traces-port", "" + ServerProcess.freePort());
            default -> server.startBeside(component);
        };
    }

    private static void awaitProven(ServerProcess server, Map<String, Process> running, String as) throws Exception {
        long head = Long.decode(server.rpc("eth_blockNumber", "[]").asString());
        var end = Instant.now().plus(Duration.ofMinutes(10));
        long next = 1;
        for (long number = 1; next <= head; number++) {
            while (!state(server, number).equals("proven")) {
                assertThat(Instant.now()).as(as + ", batch " + number).isBefore(end);
                assertThat(running.values()).as(as).allMatch(Process::isAlive);
                Thread.sleep(500);
            }
            JsonNode range = server.rpc("zks_getL1BatchBlockRange", "[" + number + "]");
            assertThat(Long.decode(range.get(0).asString())).as(as).isEqualTo(next);
            next = Long.decode(range.get(1).asString()) + 1;
        }
    }

    private static String state(ServerProcess server, long number) throws Exception {
        var answer = server.get(server.proofDataPort, "/v1/batches/271/" + number);
        return Launcher.parse(answer.body()).path("state").asString("");
    }
}
