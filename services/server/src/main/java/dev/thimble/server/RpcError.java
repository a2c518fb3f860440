package dev.thimble.server;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An error of JSON-RPC 2.0, section 5.1. */
final class RpcError extends RuntimeException {
    static final int PARSE_ERROR = -32700;
    static final int INVALID_REQUEST = -32600;
    static final int METHOD_NOT_FOUND = -32601;
    static final int INVALID_PARAMS = -32602;
    static final int INTERNAL_ERROR = -32603;
    /** The L2 node does not answer; the call may be made again. */
    static final int NODE_UNAVAILABLE = -32000;

    private final int code;
    private final transient @Nullable JsonNode data;

    RpcError(int code, String message) {
        this(code, message, null);
    }

    RpcError(int code, String message, @Nullable JsonNode data) {
        super(message, null, false, false);
        this.code = code;
        this.data = data;
    }

    int code() {
        return code;
    }

    @Nullable
    JsonNode data() {
        return data;
    }
}
