package dev.thimble.server;

import dev.thimble.ethereum.EthereumClient;
import dev.thimble.http.Access;
import dev.thimble.http.HttpListener;
import dev.thimble.http.ListenAddress;
import dev.thimble.http.Response;
import dev.thimble.http.Route;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A lying node: whatever block it is asked for, it gives this one. */
final class FixedNode implements AutoCloseable {
    private final HttpListener listener;

    FixedNode(JsonNode block) {
        listener = HttpListener.start(
                ListenAddress.loopback(0), 1 << 20, List.of(new Route("POST", "/", new Access.Open(), request -> {
                    JsonNode call = JsonMapper.shared().readTree(request.body());
                    ObjectNode answer = JsonMapper.shared().createObjectNode().put("jsonrpc", "2.0");
                    answer.set("id", call.path("id"));
                    answer.set("result", block);
                    return Response.json(answer.toString());
                })));
    }

    EthereumClient client() {
        return new EthereumClient(listener.url());
    }

    @Override
    public void close() {
        listener.close();
    }
}
