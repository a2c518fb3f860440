package dev.thimble.server;

import static dev.thimble.server.TestParts.get;
import static dev.thimble.server.TestParts.json;
import static dev.thimble.server.TestParts.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.thimble.http.BearerToken;
import dev.thimble.http.ListenAddress;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What callers must not be able to do: docs/threat-model.md names each test. */
class SecurityTest {
    private static final BearerToken TOKEN = new BearerToken("a-token-that-nobody-may-see");
    private static final String POLL = "{\"gateway\":\"gw-1\",\"protocolVersions\":[\"0.1.0\"]}";

    private final TestParts parts = new TestParts();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

    @SuppressWarnings("NullAway.Init") // set before every test
    private DevelopmentNode node;

    @BeforeEach
    void start() throws Exception {
        root.setLevel(Level.DEBUG);
        log.start();
        root.addAppender(log);
        node = parts.node();
    }

    @AfterEach
    void stop() {
        root.detachAppender(log);
        node.close();
        parts.close();
    }

    private ThimbleServer server(ServerOptions options) {
        return parts.start(node, options);
    }

    private static ServerOptions options(@Nullable BearerToken token) {
        return TestParts.options(TestParts.ALL, token, List.of(new SealCriterion.Blocks(2)));
    }

    private static Optional<String> addressOffLoopback() throws Exception {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .map(InetAddress::getHostAddress)
                .findFirst();
    }

    /** Every path of both ports that is not a file of the page wants the token, from wherever the call comes. */
    @Test
    void refusesCallsWithoutTheToken() throws Exception {
        try (ThimbleServer server = server(options(TOKEN))) {
            URI api = server.apiUrl().orElseThrow();
            URI proofData = server.proofDataUrl().orElseThrow();
            String call = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_chainId\"}";
            for (String wrong : List.of("Bearer a-token-that-nobody-may-seE", "Basic abc", "")) {
                String[] header = {"Authorization", wrong};
                assertThat(post(api, "/", call, header).statusCode()).isEqualTo(401);
                assertThat(get(api, "/v1/overview", header).statusCode()).isEqualTo(401);
                assertThat(get(api, "/v1/events", header).statusCode()).isEqualTo(401);
                assertThat(post(proofData, "/v1/proof-generation-data", POLL, header)
                                .statusCode())
                        .isEqualTo(401);
                for (String path : List.of("proof", "acknowledge", "release")) {
                    assertThat(post(proofData, "/v1/batches/271/1/" + path, "{}", header)
                                    .statusCode())
                            .isEqualTo(401);
                }
                assertThat(get(proofData, "/v1/batches/271/1/input", header).statusCode())
                        .isEqualTo(401);
                assertThat(get(proofData, "/v1/batches/271/1", header).statusCode())
                        .isEqualTo(401);
            }
            String[] right = {"Authorization", TOKEN.header()};
            assertThat(post(api, "/", call, right).body()).contains("0x10f");
            assertThat(post(proofData, "/v1/proof-generation-data", POLL, right).statusCode())
                    .isEqualTo(200);
            assertThat(get(api, "/").body()).doesNotContain("271");
        }
        assertThat(log.list)
                .as("no line of any level shows the token")
                .noneMatch(event -> event.getFormattedMessage().contains(TOKEN.secret())
                        || String.valueOf(event.getThrowableProxy()).contains(TOKEN.secret()));
    }

    @Test
    void doesNotListenOffLoopbackWithoutAToken() throws Exception {
        ServerOptions loopback = options(null);
        ServerOptions open = new ServerOptions(
                loopback.components(),
                loopback.chain(),
                loopback.version(),
                loopback.program(),
                loopback.capacity(),
                loopback.criteria(),
                new ListenAddress("0.0.0.0", 0),
                loopback.proofData(),
                null,
                loopback.offerLasts(),
                loopback.kept());
        assertThatThrownBy(() -> server(open)).hasMessageContaining("needs a token");
        try (ThimbleServer server = server(loopback)) {
            Optional<String> outside = addressOffLoopback();
            if (outside.isPresent()) {
                URI url = URI.create("http://" + outside.get() + ":"
                        + server.apiUrl().orElseThrow().getPort());
                assertThatThrownBy(() -> get(url, "/v1/overview")).isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void passesOnOnlyWhatIsForCallers() throws Exception {
        try (ThimbleServer server = server(options(null))) {
            URI api = server.apiUrl().orElseThrow();
            for (String method : List.of(
                    "anvil_setBalance",
                    "evm_revert",
                    "debug_traceTransaction",
                    "admin_peers",
                    "hardhat_reset",
                    "eth_",
                    "eth_subscribe",
                    "../eth_chainId",
                    "zks_nothing",
                    "")) {
                JsonNode answer = json(
                        post(api, "/", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":[]}"));
                assertThat(answer.path("error").path("code").asInt()).as(method).isEqualTo(-32601);
            }
            assertThat(new NodeProxy(node, true).method("eth_sendTransaction")).isPresent();
        }
        NodeProxy others = new NodeProxy(node, false);
        assertThat(others.method("eth_sendRawTransaction")).isPresent();
        for (String signing : List.of("eth_sendTransaction", "eth_sign", "eth_accounts", "eth_signTypedData_v4")) {
            assertThat(others.method(signing)).as(signing).isEmpty();
        }
    }

    @Test
    void answersMalformedCallsByTheBook() throws Exception {
        try (ThimbleServer server = server(options(null))) {
            URI api = server.apiUrl().orElseThrow();
            assertThat(code(post(api, "/", "{\"jsonrpc\":").body())).isEqualTo(-32700);
            assertThat(code(post(api, "/", "[".repeat(100_000)).body())).isEqualTo(-32700);
            assertThat(code(post(api, "/", "[]").body())).isEqualTo(-32600);
            assertThat(code(post(api, "/", "{\"id\":1,\"method\":\"eth_chainId\"}")
                            .body()))
                    .isEqualTo(-32600);
            assertThat(code(post(api, "/", "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"eth_chainId\"}")
                            .body()))
                    .isEqualTo(-32600);
            assertThat(code(post(api, "/", call("zks_getBlockDetails", "{\"a\":1}"))
                            .body()))
                    .isEqualTo(-32602);
            for (String bad :
                    List.of("[]", "[-1]", "[1.5]", "[\"latest\"]", "[9223372036854775808]", "[1,2]", "[null]")) {
                assertThat(code(post(api, "/", call("zks_getL1BatchDetails", bad))
                                .body()))
                        .as(bad)
                        .isEqualTo(-32602);
            }
            assertThat(code(post(api, "/", call("eth_getBlockByNumber", "[\"nonsense\",false]"))
                            .body()))
                    .isEqualTo(-32602);
            String many = "[" + (call("eth_chainId", "[]") + ",").repeat(100) + call("eth_chainId", "[]") + "]";
            assertThat(code(post(api, "/", many).body())).isEqualTo(-32600);
            String batch = "[" + call("eth_chainId", "[]") + ",{\"jsonrpc\":\"2.0\",\"method\":\"eth_chainId\"},7]";
            JsonNode answers = json(post(api, "/", batch));
            assertThat(answers.size()).as("a notification has no answer").isEqualTo(2);
            assertThat(answers.get(0).path("result").asString()).isEqualTo("0x10f");
            assertThat(answers.get(1).path("error").path("code").asInt()).isEqualTo(-32600);
            assertThat(post(api, "/", "x".repeat(JsonRpcApi.MAXIMUM_BODY_BYTES + 1))
                            .statusCode())
                    .isEqualTo(413);
        }
    }

    private static String call(String method, String parameters) {
        return "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"" + method + "\",\"params\":" + parameters + "}";
    }

    private static int code(String answer) {
        JsonNode json = JsonMapper.shared().readTree(answer);
        return json.path("error").path("code").asInt();
    }

    @Test
    void refusesMalformedProofData() throws Exception {
        try (ThimbleServer server = server(options(null))) {
            URI url = server.proofDataUrl().orElseThrow();
            for (String bad : List.of(
                    "",
                    "[]",
                    "null",
                    "{",
                    "{\"gateway\":\"a b\",\"protocolVersions\":[\"0.1.0\"]}",
                    "{\"gateway\":\"a\"}",
                    "{\"gateway\":\"a\",\"protocolVersions\":[]}",
                    "{\"gateway\":\"a\",\"protocolVersions\":[\"one\"]}",
                    "{\"gateway\":7,\"protocolVersions\":{}}")) {
                assertThat(post(url, "/v1/proof-generation-data", bad).statusCode())
                        .as(bad)
                        .isEqualTo(400);
            }
            assertThat(post(url, "/v1/proof-generation-data", " ".repeat(ProofDataApi.MAXIMUM_BODY_BYTES + 1))
                            .statusCode())
                    .isEqualTo(413);
            for (String path : List.of(
                    "/v1/batches/271/1/..",
                    "/v1/batches/271/%2e%2e/input",
                    "/v1/batches/271/-1/input",
                    "/v1/batches/x/1",
                    "/../v1/batches/271/1")) {
                assertThat(get(url, path).statusCode()).as(path).isIn(400, 404);
            }
        }
    }

    /** The node goes away and comes back: callers get an error to try again on, /ready says why, nothing is lost. */
    @Test
    void outlivesItsNode() throws Exception {
        try (ThimbleServer server = server(options(null))) {
            URI api = server.apiUrl().orElseThrow();
            TestParts.transfer(node, 1);
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> parts.observability.readiness().isReady());
            long before = ProcessHandle.current()
                    .descendants()
                    .filter(child -> child.info().command().orElse("").endsWith("anvil"))
                    .peek(ProcessHandle::destroyForcibly)
                    .count();
            assertThat(before).isGreaterThan(0);
            await().atMost(Duration.ofSeconds(20))
                    .ignoreExceptions()
                    .until(() ->
                            post(api, "/", call("eth_chainId", "[]")).body().contains("0x10f"));
        }
    }
}
