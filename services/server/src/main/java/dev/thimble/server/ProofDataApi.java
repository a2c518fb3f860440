package dev.thimble.server;

import dev.thimble.http.Access;
import dev.thimble.http.HttpError;
import dev.thimble.http.Request;
import dev.thimble.http.Response;
import dev.thimble.http.Route;
import dev.thimble.model.BatchId;
import dev.thimble.model.ProtocolVersion;
import dev.thimble.objectstore.ObjectKey;
import dev.thimble.objectstore.ObjectStore;
import dev.thimble.observability.LogContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Offers batches to gateways and takes their proofs: docs/proof-data-api.md, which this class follows line by line. */
final class ProofDataApi {
    /** The most bytes of a request. */
    static final int MAXIMUM_BODY_BYTES = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(ProofDataApi.class);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String BATCH = "/v1/batches/{chain}/{number}";

    private final BatchTable batches;
    private final ProofTable proofs;
    private final SnarkIntake snarks;
    private final ObjectStore store;

    ProofDataApi(BatchTable batches, ProofTable proofs, SnarkIntake snarks, ObjectStore store) {
        this.batches = batches;
        this.proofs = proofs;
        this.snarks = snarks;
        this.store = store;
    }

    List<Route> routes(Access access) {
        return List.of(
                new Route(
                        "GET",
                        "/v1/chain",
                        access,
                        request -> json(single("chainId", batches.chain().value()))),
                new Route("POST", "/v1/proof-generation-data", access, this::offer),
                new Route("GET", BATCH, access, request -> json(state(batch(request)))),
                new Route("GET", BATCH + "/input", access, this::input),
                new Route("POST", BATCH + "/acknowledge", access, this::acknowledge),
                new Route("POST", BATCH + "/release", access, this::release),
                new Route("POST", BATCH + "/proof", access, this::submit));
    }

    private Response offer(Request request) throws IOException {
        JsonNode body = parse(request);
        var offered = proofs.offer(gateway(body), versions(body));
        offered.ifPresent(batch -> {
            try (var _ = LogContext.of(batch.id())) {
                LOG.info("offered batch {} to gateway {}", batch.id(), batch.gateway());
            }
        });
        return json(single("batch", offered.map(ProofDataApi::generationData).orElse(null)));
    }

    private static Map<String, @Nullable Object> generationData(SealedBatch batch) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("chainId", batch.id().chain().value());
        json.put("number", batch.id().number());
        json.put("protocolVersion", batch.version().toString());
        json.put("sealedAt", batch.sealedAt().toString());
        json.put("firstBlock", batch.firstBlock());
        json.put("lastBlock", batch.lastBlock());
        json.put("program", Map.of("name", batch.program(), "sha256", batch.programSha256()));
        json.put("input", batch.input());
        json.put("expectedOutput", batch.expectedOutput());
        return json;
    }

    private static Map<String, @Nullable Object> state(SealedBatch batch) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("chainId", batch.id().chain().value());
        json.put("number", batch.id().number());
        json.put("state", batch.state());
        json.put("stoppedBecause", batch.stoppedBecause());
        json.put("gateway", batch.gateway());
        json.put("offeredAt", text(batch.offeredAt()));
        json.put("acknowledgedAt", text(batch.acknowledgedAt()));
        json.put("provenAt", text(batch.provenAt()));
        return json;
    }

    private Response input(Request request) throws IOException {
        SealedBatch.Input input = batch(request).input();
        if (input == null) {
            throw new HttpError(404, "NO_INPUT_YET", "the witness input is not made yet");
        }
        InputStream content = store.open(new ObjectKey(input.path()));
        return new Response.Streamed(200, "application/octet-stream", Map.of(), out -> {
            try (content) {
                content.transferTo(out);
            }
        });
    }

    private Response acknowledge(Request request) throws IOException {
        BatchId batch = batch(request).id();
        String gateway = gateway(parse(request));
        if (!proofs.acknowledge(batch, gateway)) {
            throw new HttpError(409, "NOT_YOURS", "batch " + batch + " is not offered to gateway " + gateway);
        }
        return json(single("status", "acknowledged"));
    }

    private Response release(Request request) {
        BatchId batch = batch(request).id();
        if (!proofs.release(batch)) {
            throw new HttpError(409, "ALREADY_PROVEN", "batch " + batch + " has a proof");
        }
        LOG.warn("batch {} was released by an operator and is offered again", batch);
        return json(single("status", "released"));
    }

    private Response submit(Request request) throws IOException {
        SealedBatch batch = batch(request);
        JsonNode body = parse(request);
        try (var _ = LogContext.of(batch.id())) {
            ProofTable.Submission submission =
                    isSnark(body) ? snarks.take(batch, body) : submitBasic(batch, ProofSubmission.parse(body));
            return switch (submission) {
                case ACCEPTED -> {
                    LOG.info(
                            "accepted the proof of batch {}, stage {}",
                            batch.id(),
                            body.path("stage").asString());
                    yield json(single("status", "accepted"));
                }
                case ALREADY_ACCEPTED -> json(single("status", "already_accepted"));
                case DIFFERENT -> {
                    LOG.error("another proof of batch {} was submitted after one was accepted", batch.id());
                    throw new HttpError(
                            409, "DIFFERENT_PROOF", "another proof of batch " + batch.id() + " was accepted");
                }
            };
        }
    }

    private static boolean isSnark(JsonNode body) {
        return body.path("stage").asString("").equals(SnarkIntake.STAGE);
    }

    private ProofTable.Submission submitBasic(SealedBatch batch, ProofSubmission submission) {
        submission.requireStatementOf(batch);
        return proofs.submit(batch.id(), submission.canonical());
    }

    private SealedBatch batch(Request request) {
        long chain = request.number("chain");
        long number = request.number("number");
        if (chain != batches.chain().value() || number == 0) {
            throw unknown(chain, number);
        }
        return batches.batch(number).orElseThrow(() -> unknown(chain, number));
    }

    private static HttpError unknown(long chain, long number) {
        return new HttpError(404, "UNKNOWN_BATCH", "there is no batch " + chain + "/" + number + " to prove");
    }

    private static JsonNode parse(Request request) throws IOException {
        byte[] body = request.jsonBody();
        try {
            JsonNode json = JSON.readTree(body);
            if (json.isObject()) {
                return json;
            }
        } catch (JacksonException e) {
            throw new HttpError(400, "BAD_REQUEST", "the body is not JSON: " + e.getOriginalMessage());
        }
        throw new HttpError(400, "BAD_REQUEST", "the body must be a JSON object");
    }

    private static String gateway(JsonNode body) {
        String gateway = body.path("gateway").asString("");
        if (!gateway.matches("[A-Za-z0-9_.:-]{1,128}")) {
            throw new HttpError(400, "BAD_REQUEST", "gateway must be 1 to 128 letters, digits or _.:-");
        }
        return gateway;
    }

    private static List<ProtocolVersion> versions(JsonNode body) {
        JsonNode versions = body.path("protocolVersions");
        if (!versions.isArray() || versions.isEmpty() || versions.size() > 16) {
            throw new HttpError(400, "BAD_REQUEST", "protocolVersions must list 1 to 16 versions");
        }
        try {
            return versions.valueStream()
                    .map(version -> ProtocolVersion.parse(version.asString("")))
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new HttpError(400, "BAD_REQUEST", String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static Map<String, @Nullable Object> single(String name, @Nullable Object value) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put(name, value);
        return json;
    }

    private static Response json(Object value) {
        return Response.json(JSON.writeValueAsString(value));
    }
}
