package dev.thimble.gateway;

import dev.thimble.http.BearerToken;
import dev.thimble.model.BatchId;
import dev.thimble.model.ChainId;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The proof data API of one server, as a client. Every call ends within 30 seconds. */
public final class ProofDataClient {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MAXIMUM_ANSWER_BYTES = 1 << 20;
    private static final int MAXIMUM_INPUT_BYTES = 64 << 20;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI server;
    private final String gateway;
    private final @Nullable BearerToken token;

    /**
     * @param server for example {@code http://127.0.0.1:3320}
     * @param gateway this gateway's name, the same at every start
     * @param token what the server wants to be shown, or null
     */
    public ProofDataClient(URI server, String gateway, @Nullable BearerToken token) {
        this.server = server;
        this.gateway = gateway;
        this.token = token;
    }

    URI server() {
        return server;
    }

    /** The server answered that it will not do what was asked. */
    static final class Refused extends IOException {
        private final int status;

        Refused(int status, String message) {
            super(message);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    /** The chain that the server serves. */
    ChainId chain() throws IOException, InterruptedException {
        JsonNode id = parse(send(request("/v1/chain").GET().build(), MAXIMUM_ANSWER_BYTES))
                .path("chainId");
        if (!id.canConvertToLong() || id.asLong() < 1) {
            throw new IOException(server + " does not say which chain it serves");
        }
        return new ChainId(id.asLong());
    }

    /** The next batch to prove, if there is one. */
    Optional<OfferedBatch> next(List<String> versions) throws IOException, InterruptedException {
        JsonNode answer = post("/v1/proof-generation-data", Map.of("gateway", gateway, "protocolVersions", versions));
        JsonNode batch = answer.path("batch");
        try {
            return batch.isObject() ? Optional.of(OfferedBatch.parse(batch)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            throw new IOException(server + " offers a malformed batch: " + e.getMessage(), e);
        }
    }

    /** The input of a batch. */
    byte[] input(BatchId batch) throws IOException, InterruptedException {
        HttpRequest request = request(path(batch, "input")).GET().build();
        return send(request, MAXIMUM_INPUT_BYTES);
    }

    /** Says that the batch is stored here. */
    void acknowledge(BatchId batch) throws IOException, InterruptedException {
        post(path(batch, "acknowledge"), Map.of("gateway", gateway));
    }

    /** Delivers a result; returns the server's status, accepted or already_accepted. */
    String submit(BatchId batch, Map<String, Object> result) throws IOException, InterruptedException {
        return post(path(batch, "proof"), result).path("status").asString("");
    }

    private static String path(BatchId batch, String what) {
        return "/v1/batches/" + batch.chain() + "/" + batch.number() + "/" + what;
    }

    private JsonNode post(String path, Map<String, Object> body) throws IOException, InterruptedException {
        HttpRequest request = request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
        return parse(send(request, MAXIMUM_ANSWER_BYTES));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.resolve(path)).timeout(PATIENCE);
        if (token != null) {
            request.header("Authorization", token.header());
        }
        return request;
    }

    private byte[] send(HttpRequest request, int limit) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = answer(request);
        byte[] body;
        try (InputStream in = response.body()) {
            body = in.readNBytes(limit + 1);
        }
        if (body.length > limit) {
            throw new IOException(request.uri() + " answers with more than " + limit + " bytes");
        }
        if (response.statusCode() == 200) {
            return body;
        }
        String message = response.statusCode() + " " + errorOf(body);
        throw new Refused(response.statusCode(), request.uri() + " answered " + message);
    }

    /** The JDK says in no word that nobody listens. */
    private HttpResponse<InputStream> answer(HttpRequest request) throws IOException, InterruptedException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (ConnectException e) {
            throw new IOException("it does not answer; is the server up?", e);
        }
    }

    private static String errorOf(byte[] body) {
        try {
            JsonNode error = JSON.readTree(body).path("error");
            return error.path("code").asString("") + ": "
                    + error.path("message").asString("");
        } catch (JacksonException e) {
            return "without a reason";
        }
    }

    private JsonNode parse(byte[] body) throws IOException {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            throw new IOException(server + " did not answer in JSON", e);
        }
    }
}
