package dev.thimble.ethereum;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A JSON-RPC 2.0 client over HTTP; user and password of the URL are sent as Basic authentication. Thread-safe; calls block. */
public final class JsonRpc {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final AtomicLong nextId = new AtomicLong(1);
    private final URI url;
    private final Duration timeout;

    /** A client of the node at {@code url}; every call ends within 30 seconds. */
    public JsonRpc(URI url) {
        this(url, Duration.ofSeconds(30));
    }

    /** A client whose calls end within {@code timeout}. */
    public JsonRpc(URI url, Duration timeout) {
        this.url = url;
        this.timeout = timeout;
    }

    /** The node's address, with the secrets that it may hold. */
    public URI url() {
        return url;
    }

    /** The node's address as it may be shown. */
    public String shown() {
        return ShownUrl.of(url.toString());
    }

    /**
     * The result of one call; parameters are what Jackson can write.
     *
     * @throws RpcException if the node answers with an error
     * @throws UncheckedIOException if there is no answer, or one that is not JSON-RPC: whether the node acted is unknown
     */
    public JsonNode call(String method, Object... parameters) {
        long id = nextId.getAndIncrement();
        String body = JSON.writeValueAsString(
                Map.of("jsonrpc", "2.0", "id", id, "method", method, "params", List.of(parameters)));
        JsonNode answer = parse(post(method, body));
        JsonNode error = answer.get("error");
        if (error != null && !error.isNull()) {
            throw new RpcException(
                    method,
                    error.path("code").asInt(0),
                    error.path("message").asString("no message"),
                    error.path("data").asString(""));
        }
        JsonNode result = answer.get("result");
        if (result == null || answer.path("id").asLong(-1) != id) {
            throw new UncheckedIOException(new IOException(shown() + " did not answer " + method + " in JSON-RPC"));
        }
        return result;
    }

    private String post(String method, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        String user = url.getUserInfo();
        if (user != null) {
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(user.getBytes(UTF_8)));
        }
        try {
            return send(request.build(), isQuestion(method));
        } catch (IOException e) {
            throw new UncheckedIOException(shown() + " did not answer " + method + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted while waiting for " + method, e));
        }
    }

    /** A node closes connections that were idle, maybe just when the next call takes one: questions are asked once more. */
    private String send(HttpRequest request, boolean again) throws IOException, InterruptedException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (HttpTimeoutException e) {
            throw e;
        } catch (IOException e) {
            if (!again) {
                throw e;
            }
            return send(request, false);
        }
    }

    /** Whether asking twice changes nothing. */
    private static boolean isQuestion(String method) {
        return method.startsWith("eth_") && !method.startsWith("eth_send");
    }

    private JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            throw new UncheckedIOException(new IOException(shown() + " did not answer in JSON", e));
        }
    }
}
