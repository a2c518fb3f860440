package dev.thimble.ethereum;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node that closes the first connection without a word, and answers on every later one. */
class JsonRpcTest {
    private static final String ANSWER = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0x7\"}";

    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicReference<String> lastRequest = new AtomicReference<>("");
    private ServerSocket node;
    private JsonRpc rpc;

    @BeforeEach
    void start() throws IOException {
        node = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        rpc = new JsonRpc(URI.create("http://127.0.0.1:" + node.getLocalPort()));
        Thread.ofVirtual().start(this::serve);
    }

    @AfterEach
    void stop() throws IOException {
        node.close();
    }

    private void serve() {
        while (!node.isClosed()) {
            try (Socket connection = node.accept()) {
                readRequest(connection.getInputStream());
                if (connections.incrementAndGet() > 1) {
                    String head =
                            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + ANSWER.length() + "\r\n\r\n";
                    connection.getOutputStream().write((head + ANSWER).getBytes(US_ASCII));
                }
            } catch (IOException closed) {
                assertThat(closed).isNotNull();
            }
        }
    }

    /** Reads up to the end of the body. */
    private void readRequest(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            text.append((char) next);
            int head = text.indexOf("\r\n\r\n");
            if (head > 0 && text.length() == head + 4 + length(text)) {
                lastRequest.set(text.toString());
                return;
            }
        }
    }

    private static int length(StringBuilder request) {
        for (String line : request.toString().lines().toList()) {
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                return Integer.parseInt(line.substring(15).strip());
            }
        }
        return 0;
    }

    @Test
    void asksAQuestionOnceMore() {
        assertThat(rpc.call("eth_blockNumber").asString()).isEqualTo("0x7");
        assertThat(connections).hasValue(2);
    }

    /** Providers of nodes take keys in the URL: in no message, and the user as HTTP wants it. */
    @Test
    void theUrlsSecretsAreForTheNodeAlone() {
        String node = "127.0.0.1:" + this.node.getLocalPort();
        rpc = new JsonRpc(URI.create("http://eve:sesame@" + node + "/v3/0123456789abcdef?key=open"));
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> rpc.call("eth_sendRawTransaction", "0x00"))
                .withMessageContaining("http://(hidden)@" + node + "/v3/(hidden)?key=(hidden) did not answer")
                .satisfies(e -> assertThat(String.valueOf(e.getCause())).doesNotContain("sesame"));
        assertThat(lastRequest.get())
                .contains("POST /v3/0123456789abcdef?key=open ")
                .contains("Authorization: Basic ZXZlOnNlc2FtZQ==");
    }

    /** Whether the node took it is unknown: the caller decides. */
    @Test
    void sendsNothingTwice() {
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> rpc.call("eth_sendRawTransaction", "0x00"))
                .withMessageContaining("did not answer eth_sendRawTransaction");
        assertThat(connections).hasValue(1);
    }
}
