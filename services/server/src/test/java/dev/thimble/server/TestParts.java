package dev.thimble.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.thimble.chain.Address;
import dev.thimble.ethereum.AnvilProcess;
import dev.thimble.ethereum.FeeMarketTransaction;
import dev.thimble.ethereum.PrivateKey;
import dev.thimble.http.BearerToken;
import dev.thimble.http.ListenAddress;
import dev.thimble.jobqueue.DatabaseAddress;
import dev.thimble.jobqueue.QueueDatabase;
import dev.thimble.jobqueue.TemporaryPostgres;
import dev.thimble.model.ChainId;
import dev.thimble.model.ProtocolVersion;
import dev.thimble.objectstore.FolderObjectStore;
import dev.thimble.observability.Observability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Real parts for tests: one embedded PostgreSQL for all, a database, a folder and a node for each. */
final class TestParts implements AutoCloseable {
    static final ProtocolVersion VERSION = ProtocolVersion.parse("0.1.0");
    static final ChainId CHAIN = new ChainId(271);
    static final Set<Component> ALL = EnumSet.complementOf(EnumSet.of(Component.L1));
    static final ProofCapacity EVERYTHING = _ -> Optional.empty();
    private static final String SENDER = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    final Path folder;
    final DatabaseAddress address;
    final QueueDatabase database;
    final FolderObjectStore store;
    final Observability observability = new Observability("server", "test");

    TestParts() {
        try {
            folder = Files.createTempDirectory("thimble-server");
            address = TemporaryPostgres.ofThisProcess().newDatabase();
            database = QueueDatabase.open(address, 8);
            store = new FolderObjectStore(folder.resolve("store"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The node's program; the test is skipped without it, except in CI. */
    static Path anvil() {
        Optional<Path> anvil = AnvilProcess.locate();
        if (!Boolean.parseBoolean(System.getenv("CI"))) {
            assumeTrue(anvil.isPresent(), "anvil is not installed (npm ci in services/ethereum)");
        }
        return anvil.orElseThrow();
    }

    DevelopmentNode node() throws IOException {
        return DevelopmentNode.start(anvil(), folder.resolve("l2"), CHAIN.value());
    }

    static HeaderChainProgram program() {
        try {
            return HeaderChainProgram.of(elf());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path elf() {
        return Path.of("../../guest/bin/header-chain.elf");
    }

    static ServerOptions options(Set<Component> components, @Nullable BearerToken token, List<SealCriterion> criteria) {
        return new ServerOptions(
                components,
                CHAIN,
                VERSION,
                program(),
                EVERYTHING,
                criteria,
                ListenAddress.loopback(0),
                ListenAddress.loopback(0),
                token,
                Duration.ofSeconds(2),
                ServerOptions.Kept.DEFAULT);
    }

    ThimbleServer start(L2Node node, ServerOptions options) {
        return ThimbleServer.start(options, database, store, node, Optional.empty(), observability);
    }

    /** Sends value from a development account of the node: one transaction, one block. */
    static void transfer(L2Node node, int count) {
        for (int i = 0; i < count; i++) {
            JsonNode hash = node.client()
                    .rpc()
                    .call(
                            "eth_sendTransaction",
                            Map.of("from", SENDER, "to", "0x70997970c51812dc3a010c7d01b50e0d17dc79c8", "value", "0x1"));
            assertThat(hash.asString()).hasSize(66);
        }
    }

    /** Sends a signed transaction with the sender's next nonce and waits for its block: one transaction, one block. */
    static void send(L2Node node, PrivateKey sender, BigInteger gas, Address to, BigInteger value, byte[] call)
            throws InterruptedException {
        long nonce = node.client().minedNonce(sender.address());
        FeeMarketTransaction transaction = new FeeMarketTransaction(
                CHAIN.value(), nonce, BigInteger.TEN, BigInteger.valueOf(100), gas, Optional.of(to), value, call);
        node.client().sendRaw(sender.sign(transaction).raw());
        for (int i = 0; i < 1_000 && node.client().minedNonce(sender.address()) == nonce; i++) {
            Thread.sleep(10); // the node mines it after it has answered
        }
        assertThat(node.client().minedNonce(sender.address())).isEqualTo(nonce + 1);
    }

    static HttpResponse<String> post(URI base, String path, String json, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static HttpResponse<String> get(URI base, String path, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    /** The result of a JSON-RPC call. */
    static JsonNode rpc(URI url, String method, String parameters) throws Exception {
        String call = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + parameters + "}";
        return json(post(url, "/", call)).path("result");
    }

    static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        database.close();
        store.close();
        observability.close();
        delete(folder);
    }
}
