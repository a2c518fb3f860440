package dev.thimble.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code thimble server} as a child process, on ports and with a state folder that stay the same at every start; others beside it. */
final class ServerProcess implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String TRANSFER =
            "[{\"from\":\"0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266\",\"to\":\"0x70997970c51812dc3a010c7d01b50e0d17dc79c8\",\"value\":\"0x1\"}]";

    final Path folder;
    final int apiPort = freePort();
    final int metricsPort = freePort();
    final int proofDataPort = freePort();
    final int databasePort = freePort();
    private final List<Process> started = new ArrayList<>();
    private final List<Process> beside = new ArrayList<>();

    /** Needs anvil; the test is skipped without it, except in CI. */
    ServerProcess(Path folder) {
        this.folder = folder;
        var anvil = Repository.ROOT.resolve("services/ethereum/node_modules/@foundry-rs/anvil-linux-amd64/bin/anvil");
        if (!Boolean.parseBoolean(System.getenv("CI"))) {
            assumeTrue(Files.isExecutable(anvil), "anvil is not installed (npm ci in services/ethereum)");
        }
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    String[] arguments(String... more) {
        var arguments = new ArrayList<>(
                List.of("server", "--home", folder.resolve("home").toString()));
        arguments.addAll(List.of("--api-port", "" + apiPort, "--prometheus-port", "" + metricsPort));
        arguments.addAll(List.of("--proof-data-port", "" + proofDataPort, "--database-port", "" + databasePort));
        arguments.addAll(List.of("--batch-program", "header-chain"));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    /** Starts it and waits until it runs. */
    Process start(String... more) throws Exception {
        var err = folder.resolve("err-" + started.size());
        var out = folder.resolve("out-" + started.size());
        var process = Launcher.in(folder).start(List.of(), out, err, arguments(more));
        started.add(process);
        var end = Instant.now().plus(Duration.ofMinutes(6));
        while (!Files.exists(out) || !Files.readString(out).contains("runs: ")) {
            assertThat(process.isAlive()).as(Files.readString(err)).isTrue();
            assertThat(Instant.now()).as(Files.readString(err)).isBefore(end);
            Thread.sleep(100);
        }
        return process;
    }

    /** Starts another component on the same state folder, with profile test and a free port; returns at once. */
    Process startBeside(String component, String... more) throws IOException {
        var command = new ArrayList<>(
                List.of(component, "--home", folder.resolve("home").toString()));
        command.addAll(List.of("--database-port", "" + databasePort, "--prometheus-port", "" + freePort()));
        command.addAll(List.of(more));
        var name = component + "-" + beside.size();
        var process = Launcher.in(folder)
                .with("THIMBLE_PROFILE", "test")
                .with("THIMBLE_BATCH_PROGRAM", "header-chain")
                .start(
                        List.of(),
                        folder.resolve(name + ".out"),
                        folder.resolve(name + ".err"),
                        command.toArray(String[]::new));
        beside.add(process);
        return process;
    }

    /** What the last start wrote to standard error. */
    String log() throws IOException {
        return Files.readString(folder.resolve("err-" + (started.size() - 1)));
    }

    HttpResponse<byte[]> get(int port, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        return HTTP.send(request.timeout(Duration.ofSeconds(60)).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    JsonNode post(int port, String path, String json) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        return JsonMapper.shared()
                .readTree(
                        HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    JsonNode rpc(String method, String parameters) throws Exception {
        var body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + parameters + "}";
        return post(apiPort, "/", body).path("result");
    }

    /** Sends a transaction, which becomes a block. */
    void transfer() throws Exception {
        assertThat(rpc("eth_sendTransaction", TRANSFER).asString("")).hasSize(66);
    }

    void awaitBatch(String number) throws Exception {
        var end = Instant.now().plus(Duration.ofMinutes(3));
        while (!rpc("zks_L1BatchNumber", "[]").asString("").equals(number)) {
            assertThat(Instant.now()).as(log()).isBefore(end);
            Thread.sleep(100);
        }
    }

    @Override
    public void close() {
        for (var process :
                Stream.concat(beside.reversed().stream(), started.stream()).toList()) {
            process.destroy();
            process.onExit().completeOnTimeout(process, 40, TimeUnit.SECONDS).join();
            process.destroyForcibly();
        }
    }
}
