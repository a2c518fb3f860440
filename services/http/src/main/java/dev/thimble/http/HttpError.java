package dev.thimble.http;

/** An answer that says what the caller did wrong. */
public final class HttpError extends RuntimeException {
    private final int status;
    private final String code;

    /**
     * @param status 400 to 599
     * @param code UPPER_SNAKE, for programs
     * @param message for people; may quote what the caller sent, never a secret
     */
    public HttpError(int status, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    Response response() {
        return Response.json(
                status,
                "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + escape(String.valueOf(getMessage())) + "\"}}");
    }

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().limit(500).forEach(c -> {
            if (c == '"' || c == '\\') {
                escaped.append('\\').appendCodePoint(c);
            } else {
                escaped.appendCodePoint(c < ' ' ? ' ' : c);
            }
        });
        return escaped.toString();
    }
}
