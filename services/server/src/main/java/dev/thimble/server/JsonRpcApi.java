package dev.thimble.server;

import dev.thimble.http.Access;
import dev.thimble.http.Request;
import dev.thimble.http.Response;
import dev.thimble.http.Route;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON-RPC 2.0 over HTTP POST: single calls, batches of calls, notifications. */
final class JsonRpcApi {
    /** The most bytes of a request. */
    static final int MAXIMUM_BODY_BYTES = 2 << 20;

    private static final int MAXIMUM_CALLS = 100;
    private static final String OTHER = "other";
    private static final Logger LOG = LoggerFactory.getLogger(JsonRpcApi.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Function<String, Optional<RpcMethod>> methods;
    /** Methods that have been answered: only these are counted by name, so that callers cannot invent metrics. */
    private final Set<String> answered = ConcurrentHashMap.newKeySet();

    private final Counter calls;
    private final Histogram seconds;

    /** @param methods the method of a name, if there is one */
    JsonRpcApi(Function<String, Optional<RpcMethod>> methods, PrometheusRegistry registry) {
        this.methods = methods;
        this.calls = Counter.builder()
                .name("thimble_rpc_calls_total")
                .help("JSON-RPC calls by method and outcome.")
                .labelNames("method", "outcome")
                .register(registry);
        this.seconds = Histogram.builder()
                .name("thimble_rpc_seconds")
                .help("Time of JSON-RPC calls.")
                .labelNames("method")
                .register(registry);
    }

    List<Route> routes(Access access) {
        return List.of(new Route("POST", "/", access, this::handle));
    }

    private Response handle(Request request) throws IOException {
        byte[] body = request.jsonBody();
        JsonNode json;
        try {
            json = JSON.readTree(body);
        } catch (JacksonException e) {
            return Response.json(error(NullNode.getInstance(), new RpcError(RpcError.PARSE_ERROR, "not JSON"))
                    .toString());
        }
        if (!json.isArray()) {
            return answer(one(json));
        }
        if (json.isEmpty() || json.size() > MAXIMUM_CALLS) {
            String message = "a batch must have 1 to " + MAXIMUM_CALLS + " calls but has " + json.size();
            return answer(error(NullNode.getInstance(), new RpcError(RpcError.INVALID_REQUEST, message)));
        }
        List<ObjectNode> answers = new ArrayList<>();
        for (JsonNode call : json) {
            ObjectNode answer = one(call);
            if (answer != null) {
                answers.add(answer);
            }
        }
        ArrayNode all = JSON.createArrayNode();
        all.addAll(answers);
        return answers.isEmpty() ? nothing() : Response.json(all.toString());
    }

    private static Response answer(@Nullable ObjectNode answer) {
        return answer == null ? nothing() : Response.json(answer.toString());
    }

    private static Response nothing() {
        return Response.text(204, "");
    }

    /** The answer to one call; null to a notification. */
    private @Nullable ObjectNode one(JsonNode call) {
        JsonNode id = call.path("id");
        boolean notification = call.isObject() && id.isMissingNode();
        JsonNode shownId = id.isString() || id.isNumber() ? id : NullNode.getInstance();
        try {
            if (!valid(call, id)) {
                return error(shownId, new RpcError(RpcError.INVALID_REQUEST, "not a JSON-RPC 2.0 call"));
            }
            Object result = run(call.path("method").asString(), parameters(call.path("params")));
            return notification ? null : frame(shownId).set("result", JSON.valueToTree(result));
        } catch (RpcError e) {
            return notification ? null : error(shownId, e);
        }
    }

    private static boolean valid(JsonNode call, JsonNode id) {
        return call.isObject()
                && call.path("jsonrpc").asString("").equals("2.0")
                && call.path("method").isString()
                && (id.isMissingNode() || id.isNull() || id.isString() || id.isNumber());
    }

    private static List<JsonNode> parameters(JsonNode parameters) {
        if (parameters.isMissingNode() || parameters.isNull()) {
            return List.of();
        }
        if (!parameters.isArray()) {
            throw new RpcError(RpcError.INVALID_PARAMS, "params must be an array");
        }
        return parameters.valueStream().toList();
    }

    private @Nullable Object run(String name, List<JsonNode> parameters) {
        RpcMethod method = methods.apply(name).orElse(null);
        if (method == null) {
            calls.labelValues(OTHER, "error").inc();
            String shown = name.length() > 100 ? name.substring(0, 100) : name;
            throw new RpcError(RpcError.METHOD_NOT_FOUND, "the method " + shown + " does not exist here");
        }
        long started = System.nanoTime();
        String outcome = "error";
        try {
            Object result = method.call(parameters);
            outcome = "ok";
            answered.add(name);
            return result;
        } catch (RpcError e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("JSON-RPC method {} failed", name, e);
            throw new RpcError(RpcError.INTERNAL_ERROR, "this failed; the server's log says why");
        } finally {
            String label = answered.contains(name) ? name : OTHER;
            calls.labelValues(label, outcome).inc();
            seconds.labelValues(label).observe((System.nanoTime() - started) / 1e9);
        }
    }

    private static ObjectNode frame(JsonNode id) {
        ObjectNode frame = JSON.createObjectNode().put("jsonrpc", "2.0");
        frame.set("id", id);
        return frame;
    }

    private static ObjectNode error(JsonNode id, RpcError e) {
        ObjectNode answer = frame(id);
        ObjectNode error = answer.putObject("error").put("code", e.code()).put("message", e.getMessage());
        JsonNode data = e.data();
        if (data != null) {
            error.set("data", data);
        }
        return answer;
    }
}
