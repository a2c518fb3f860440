package dev.thimble.ethereum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.thimble.chain.Address;
import dev.thimble.chain.Hex;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reading logs of a node that looks through few blocks at once, as public nodes do. */
class LogRangeTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Address CONTRACT = new Address("0x" + "ab".repeat(20));
    private static final long NEWEST = 1000;

    private final List<Long> refused = new ArrayList<>();
    private HttpServer node;
    private long most = 10;

    @BeforeEach
    void start() throws IOException {
        node = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        node.createContext("/", this::answer);
        node.start();
    }

    @AfterEach
    void stop() {
        node.stop(0);
    }

    /** Every block has one log. */
    private void answer(HttpExchange exchange) throws IOException {
        JsonNode call = JSON.readTree(exchange.getRequestBody().readAllBytes());
        Map<String, Object> answer =
                Map.of("jsonrpc", "2.0", "id", call.path("id").asLong(), "result", Hex.quantity(NEWEST));
        if (call.path("method").asString().equals("eth_getLogs")) {
            JsonNode range = call.path("params").path(0);
            long from = Hex.parseQuantity(range.path("fromBlock").asString()).longValueExact();
            long to = Hex.parseQuantity(range.path("toBlock").asString()).longValueExact();
            answer = answer(call.path("id").asLong(), from, to);
        }
        byte[] bytes = JSON.writeValueAsBytes(answer);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Map<String, Object> answer(long id, long from, long to) {
        if (to - from + 1 > most) {
            refused.add(to - from + 1);
            return Map.of("jsonrpc", "2.0", "id", id, "error", Map.of("code", -32_005, "message", "range too large"));
        }
        List<Map<String, String>> logs = LongStream.rangeClosed(from, to)
                .mapToObj(block -> Map.of("blockNumber", Hex.quantity(block)))
                .toList();
        return Map.of("jsonrpc", "2.0", "id", id, "result", logs);
    }

    private List<Long> blocks(long from) {
        EthereumClient client = new EthereumClient(
                URI.create("http://127.0.0.1:" + node.getAddress().getPort()));
        return client.logs(CONTRACT, from).stream()
                .map(log ->
                        Hex.parseQuantity(log.path("blockNumber").asString()).longValueExact())
                .toList();
    }

    @Test
    void readsEveryBlockOnceAndInOrder() {
        assertThat(blocks(3))
                .isEqualTo(LongStream.rangeClosed(3, NEWEST).boxed().toList());
        assertThat(blocks(995))
                .isEqualTo(LongStream.rangeClosed(995, NEWEST).boxed().toList());
    }

    @Test
    void aNodeThatRefusesEverythingIsAskedFewTimes() {
        most = 0;
        assertThatExceptionOfType(RpcException.class).isThrownBy(() -> blocks(0));
        assertThat(refused).hasSizeLessThan(12);
    }
}
