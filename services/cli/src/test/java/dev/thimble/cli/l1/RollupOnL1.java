package dev.thimble.cli.l1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.thimble.chain.Address;
import dev.thimble.chain.Hex;
import dev.thimble.cli.InProcess;
import dev.thimble.cli.Main;
import dev.thimble.cli.command.HomeFolder;
import dev.thimble.cli.command.Settings;
import dev.thimble.cli.database.DatabaseAccess;
import dev.thimble.contracts.L2Genesis;
import dev.thimble.ethereum.AnvilProcess;
import dev.thimble.ethereum.DevelopmentAccounts;
import dev.thimble.ethereum.PrivateKey;
import dev.thimble.jobqueue.QueueDatabase;
import dev.thimble.l1.DirectSender;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two nodes, a state folder, and {@code thimble server} as a process of its own that can be killed. */
final class RollupOnL1 implements AutoCloseable {
    static final long L2_CHAIN_ID = 271;
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int INHABITED = 11;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    final AnvilProcess l1;
    final AnvilProcess l2;
    final int apiPort = freePort();
    private final int proofDataPort = freePort();
    private final int metricsPort = freePort();
    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private final DatabaseAccess database;
    private final List<Process> servers = new ArrayList<>();

    RollupOnL1(Path folder) throws IOException {
        this.folder = folder;
        var anvil = AnvilProcess.locate();
        if (anvil.isEmpty() && "true".equals(System.getenv("CI"))) {
            fail("anvil is not installed: npm ci in services/ethereum");
        }
        assumeTrue(anvil.isPresent(), "anvil is not installed: npm ci in services/ethereum");
        var genesis = writeGenesis(folder.resolve("genesis.json"));
        l1 = AnvilProcess.start(anvil.orElseThrow(), "--slots-in-an-epoch", "1");
        l2 = AnvilProcess.startFrom(anvil.orElseThrow(), genesis, "--chain-id", Long.toString(L2_CHAIN_ID));
        environment.put("THIMBLE_HOME", folder.resolve("home").toString());
        environment.put("THIMBLE_PROFILE", "test");
        environment.put("THIMBLE_KERNEL", "scalar");
        environment.put("THIMBLE_DATABASE_PORT", Integer.toString(freePort()));
        environment.put("THIMBLE_API_PORT", Integer.toString(apiPort));
        environment.put("THIMBLE_PROOF_DATA_PORT", Integer.toString(proofDataPort));
        environment.put("THIMBLE_PROMETHEUS_PORT", Integer.toString(metricsPort));
        environment.put("THIMBLE_L2_RPC_URL", l2.url().toString());
        environment.put("THIMBLE_L2_GENESIS", genesis.toString());
        environment.put("THIMBLE_LOG", "warn");
        // Holds the database open, so that it does not stop and start with every command.
        database =
                DatabaseAccess.open(Settings.of(environment, Map.of(), ""), HomeFolder.open(folder.resolve("home")), 2);
    }

    private static Path writeGenesis(Path file) throws IOException {
        Map<Address, BigInteger> balances = new LinkedHashMap<>();
        IntStream.range(0, INHABITED)
                .forEach(i -> balances.put(Address.of(Hex.toBytes(BigInteger.valueOf(i), 20)), BigInteger.ONE));
        for (var key : List.of(DevelopmentAccounts.OWNER, DevelopmentAccounts.OPERATOR, DevelopmentAccounts.USER)) {
            balances.put(key.address(), BigInteger.TEN.pow(22));
        }
        return Files.write(
                file,
                L2Genesis.file(
                        L2_CHAIN_ID,
                        Instant.now().getEpochSecond(),
                        DevelopmentAccounts.OPERATOR.address(),
                        BigInteger.TEN.pow(24),
                        balances));
    }

    /** The database of the state folder. */
    QueueDatabase database() {
        return database.database();
    }

    /** The state folder. */
    Path home() {
        return folder.resolve("home");
    }

    /** The genesis file of L2. */
    Path genesis() {
        return folder.resolve("genesis.json");
    }

    /** Changes the environment of what is run from now on. */
    void set(String variable, String value) {
        environment.put(variable, value);
    }

    /** A command in this process. */
    InProcess.Run run(String... arguments) {
        return InProcess.run(environment, arguments);
    }

    /** A file with a key as commands want it. */
    Path keyFile(String name, String hex) throws IOException {
        var permissions = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        return Files.writeString(Files.createFile(folder.resolve(name), permissions), hex);
    }

    /** Starts the server as another process and waits until it runs. */
    Process startServer() throws Exception {
        var err = folder.resolve("server-" + servers.size() + ".err");
        var out = folder.resolve("server-" + servers.size() + ".out");
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dthimble.root=" + Path.of("../..").toAbsolutePath().normalize(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of("server", "--batch-blocks", "2", "--batch-seconds", "3600"));
        command.add("--components=api,l1,tree,sequencer,commitment,proof-data,witness-input");
        var builder = new ProcessBuilder(command).redirectError(err.toFile()).redirectOutput(out.toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        servers.add(process);
        await("the server runs", () -> {
            assertThat(process.isAlive()).as(Files.readString(err)).isTrue();
            return Files.readString(out).contains("runs: ");
        });
        return process;
    }

    /** What the last server said. */
    String log() throws IOException {
        return Files.readString(folder.resolve("server-" + (servers.size() - 1) + ".err"));
    }

    /** Waits for something; the server's log is shown if it does not come. */
    void await(String what, Callable<Boolean> condition) throws Exception {
        var end = Instant.now().plus(PATIENCE);
        while (!condition.call()) {
            assertThat(Instant.now())
                    .as(what + (servers.isEmpty() ? "" : "\n" + log()))
                    .isBefore(end);
            Thread.sleep(50);
        }
    }

    /** Makes blocks on L2, each with one transfer. */
    void makeBlocks(int count) {
        var sender = new DirectSender(l2.client(), DevelopmentAccounts.OWNER, hash -> {});
        for (int i = 0; i < count; i++) {
            sender.send(DevelopmentAccounts.USER.address(), BigInteger.valueOf(7), new byte[0], PATIENCE);
        }
    }

    long nonce(PrivateKey account) {
        return l1.client().minedNonce(account.address());
    }

    JsonNode rpc(String method, String parameters) throws Exception {
        var body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + parameters + "}";
        return json(post(apiPort, "/", body)).path("result");
    }

    HttpResponse<String> postProof(long batch, String body) throws Exception {
        return post(proofDataPort, "/v1/batches/" + L2_CHAIN_ID + "/" + batch + "/proof", body);
    }

    /** What hinders which part. */
    String ready() throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + metricsPort + "/ready"));
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    private static HttpResponse<String> post(int port, String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        servers.forEach(server -> server.destroyForcibly().onExit().join());
        database.close();
        l2.close();
        l1.close();
    }
}
