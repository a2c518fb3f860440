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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command server as a process of its own: ports, signals, kill -9, going on. */
class ServerCommandTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String TRANSFER =
            "[{\"from\":\"0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266\",\"to\":\"0x70997970c51812dc3a010c7d01b50e0d17dc79c8\",\"value\":\"0x1\"}]";

    @TempDir
    Path folder;

    private final List<Process> started = new ArrayList<>();
    private int apiPort;
    private int metricsPort;
    private int proofDataPort;
    private int databasePort;

    @BeforeEach
    void choosePorts() throws IOException {
        var anvil = Repository.ROOT.resolve("services/ethereum/node_modules/@foundry-rs/anvil-linux-amd64/bin/anvil");
        if (!Boolean.parseBoolean(System.getenv("CI"))) {
            assumeTrue(Files.isExecutable(anvil), "anvil is not installed (npm ci in services/ethereum)");
        }
        apiPort = freePort();
        metricsPort = freePort();
        proofDataPort = freePort();
        databasePort = freePort();
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (var process : started) {
            process.destroy();
            if (!process.waitFor(40, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private String[] arguments(String... more) {
        var arguments = new ArrayList<>(
                List.of("server", "--home", folder.resolve("home").toString()));
        arguments.addAll(List.of("--api-port", "" + apiPort, "--prometheus-port", "" + metricsPort));
        arguments.addAll(List.of("--proof-data-port", "" + proofDataPort, "--database-port", "" + databasePort));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private Process server(String... more) throws Exception {
        var err = folder.resolve("err");
        var process = Launcher.in(folder).start(List.of(), folder.resolve("out"), err, arguments(more));
        started.add(process);
        var end = Instant.now().plus(Duration.ofMinutes(2));
        while (!Files.exists(err) || !Files.readString(err).contains("runs: ")) {
            assertThat(process.isAlive()).as(Files.readString(err)).isTrue();
            assertThat(Instant.now()).as(Files.readString(err)).isBefore(end);
            Thread.sleep(100);
        }
        return process;
    }

    private HttpResponse<String> get(int port, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        return HTTP.send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode rpc(String method, String parameters) throws Exception {
        var body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + parameters + "}";
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + apiPort + "/"))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return JsonMapper.shared()
                .readTree(
                        HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    private void awaitBatch(String number) throws Exception {
        var end = Instant.now().plus(Duration.ofMinutes(1));
        while (!rpc("zks_L1BatchNumber", "[]").path("result").asString().equals(number)) {
            assertThat(Instant.now()).isBefore(end);
            Thread.sleep(100);
        }
    }

    @Test
    void goesOnAfterKillAndStopsInGoodOrder() throws Exception {
        var first = server("--batch-blocks", "2");
        assertThat(get(metricsPort, "/health").statusCode()).isEqualTo(200);
        assertThat(get(apiPort, "/").body()).contains("<title>Thimble</title>");
        for (int i = 0; i < 3; i++) {
            assertThat(rpc("eth_sendTransaction", TRANSFER).path("result").asString())
                    .hasSize(66);
        }
        awaitBatch("0x1");
        first.destroyForcibly().waitFor();

        var second = server("--batch-blocks", "2");
        assertThat(rpc("eth_blockNumber", "[]").path("result").asString()).isEqualTo("0x3");
        rpc("eth_sendTransaction", TRANSFER);
        awaitBatch("0x2");
        assertThat(rpc("zks_getL1BatchBlockRange", "[2]").path("result").toString())
                .isEqualTo("[\"0x3\",\"0x4\"]");
        assertThat(get(metricsPort, "/ready").body()).contains("sequencer: ready");

        var third = Launcher.in(folder)
                .run(
                        "server",
                        "--home",
                        folder.resolve("other").toString(),
                        "--api-port",
                        "" + apiPort,
                        "--l2-rpc-url",
                        "http://127.0.0.1:" + apiPort,
                        "--database-port",
                        "" + freePort(),
                        "--json");
        assertThat(third.exitCode()).as(third.toString()).isEqualTo(3);
        assertThat(third.json().path("error").path("code").asString()).isEqualTo("PORT_TAKEN");
        assertThat(third.json().path("error").path("message").asString()).contains("" + apiPort, "--api-port");

        var fourth = Launcher.in(folder).run(arguments("--components=sequencer", "--json"));
        assertThat(fourth.exitCode()).as(fourth.toString()).isEqualTo(3);
        assertThat(fourth.json().path("error").path("message").asString()).contains("another process runs the L2 node");

        var stopping = Instant.now();
        second.destroy();
        assertThat(second.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue())
                .as(Files.readString(folder.resolve("err")))
                .isZero();
        assertThat(Duration.between(stopping, Instant.now())).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void refusesWhatCannotWork() throws Exception {
        var launcher = Launcher.in(folder);
        var unknown = launcher.run(arguments("--components=api,teapot", "--json"));
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.json().path("error").path("message").asString()).contains("teapot", "witness-input");
        var open = launcher.run(arguments("--host", "0.0.0.0", "--json"));
        assertThat(open.exitCode()).isEqualTo(3);
        assertThat(open.json().path("error").path("code").asString()).isEqualTo("TOKEN_MISSING");
        var tooShort = launcher.with("THIMBLE_TOKEN", "tooshort").run(arguments("--json"));
        assertThat(tooShort.exitCode()).isEqualTo(3);
        assertThat(tooShort.out()).contains("(hidden)").doesNotContain("tooshort");
        var shown =
                launcher.with("THIMBLE_TOKEN", "a-token-that-nobody-may-see").run("config", "show", "--json");
        assertThat(shown.out()).contains("(hidden)").doesNotContain("nobody-may-see");
        var away = launcher.run(
                arguments("--database-url", "jdbc:postgresql://127.0.0.1:" + databasePort + "/x", "--json"));
        assertThat(away.exitCode()).isEqualTo(3);
        assertThat(away.json().path("error").path("code").asString()).isEqualTo("DATABASE_UNAVAILABLE");
    }
}
