package dev.thimble.cli.l1;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.thimble.chain.Address;
import dev.thimble.chain.Hex;
import dev.thimble.ethereum.FeeMarketTransaction;
import dev.thimble.ethereum.PrivateKey;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A remote signer over HTTP: {@code eth_signTransaction} for one account, and nothing else. It keeps the key; the caller never sees it. */
final class TestSigner implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Set<String> FIELDS = Set.of(
            "type", "from", "to", "chainId", "nonce", "gas", "maxFeePerGas", "maxPriorityFeePerGas", "value", "data");

    /** What it has signed. */
    final List<FeeMarketTransaction> signed = new CopyOnWriteArrayList<>();

    private final HttpServer server;
    private final @Nullable PrivateKey key;

    private TestSigner(@Nullable PrivateKey key) throws IOException {
        this.key = key;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    static TestSigner of(PrivateKey key) throws IOException {
        return new TestSigner(key);
    }

    /** Answers every call with an error. */
    static TestSigner thatRefusesEverything() throws IOException {
        return new TestSigner(null);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        var call = JSON.readTree(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        var answer = JSON.writeValueAsBytes(answer(call));
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private Map<String, Object> answer(JsonNode call) {
        var id = call.path("id").asLong();
        if (key == null || !call.path("method").asString("").equals("eth_signTransaction")) {
            return Map.of("jsonrpc", "2.0", "id", id, "error", Map.of("code", -32_601, "message", "not here"));
        }
        var fields = call.path("params").path(0);
        var unknown = new TreeSet<>(fields.propertyNames());
        unknown.removeAll(FIELDS);
        if (!unknown.isEmpty() || !new Address(fields.path("from").asString()).equals(key.address())) {
            var error = Map.of("code", -32_602, "message", "unknown fields or account: " + fields);
            return Map.of("jsonrpc", "2.0", "id", id, "error", error);
        }
        var transaction = transaction(fields);
        var raw = key.sign(transaction).hex();
        signed.add(transaction);
        return Map.of("jsonrpc", "2.0", "id", id, "result", Map.of("raw", raw));
    }

    private static FeeMarketTransaction transaction(JsonNode fields) {
        return new FeeMarketTransaction(
                number(fields, "chainId").longValueExact(),
                number(fields, "nonce").longValueExact(),
                number(fields, "maxPriorityFeePerGas"),
                number(fields, "maxFeePerGas"),
                number(fields, "gas"),
                fields.has("to") ? Optional.of(new Address(fields.path("to").asString())) : Optional.empty(),
                number(fields, "value"),
                Hex.parseData(fields.path("data").asString()));
    }

    private static BigInteger number(JsonNode fields, String name) {
        return Hex.parseQuantity(fields.path(name).asString());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
