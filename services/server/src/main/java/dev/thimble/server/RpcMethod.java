package dev.thimble.server;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One method of JSON-RPC. */
@FunctionalInterface
interface RpcMethod {
    /**
     * Answers a call.
     *
     * @return what Jackson can write; null is JSON's null
     * @throws RpcError for an answer that is an error
     */
    @Nullable
    Object call(List<JsonNode> parameters);
}
