package dev.thimble.ethereum;

import dev.thimble.chain.Hex;

/** The node answered with an error. */
public final class RpcException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final String data;

    RpcException(String method, int code, String message, String data) {
        super(method + ": " + message + " (" + code + ")");
        this.code = code;
        this.data = data;
    }

    /** The JSON-RPC error code. */
    public int code() {
        return code;
    }

    /** What a reverted call returned, empty if nothing. */
    public byte[] revertData() {
        return data.startsWith("0x") ? Hex.parseData(data) : new byte[0];
    }
}
