package dev.thimble.ethereum;

import dev.thimble.chain.Hex;

/** The node answered with an error. */
public final class RpcException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final String reason;
    private final String data;

    RpcException(String method, int code, String message, String data) {
        super(method + ": " + message + " (" + code + ")");
        this.code = code;
        this.reason = message;
        this.data = data;
    }

    /** The JSON-RPC error code. */
    public int code() {
        return code;
    }

    /** The node's own message. */
    public String reason() {
        return reason;
    }

    /** The error's data as the node wrote it, empty if there is none. */
    public String data() {
        return data;
    }

    /** What a reverted call returned, empty if nothing. */
    public byte[] revertData() {
        return data.startsWith("0x") ? Hex.parseData(data) : new byte[0];
    }
}
