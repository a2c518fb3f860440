package dev.thimble.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What is answered. */
public sealed interface Response {
    int status();

    String contentType();

    /** Further headers. */
    Map<String, String> headers();

    /** An answer that is known as a whole. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Whole(int status, String contentType, Map<String, String> headers, byte[] body) implements Response {}

    /**
     * An answer that is written piece by piece, for as long as it takes.
     *
     * @param afterwards gives back what the answer held, whether it was written or not
     */
    record Streamed(int status, String contentType, Map<String, String> headers, Writer writer, Runnable afterwards)
            implements Response {
        public Streamed(int status, String contentType, Map<String, String> headers, Writer writer) {
            this(status, contentType, headers, writer, () -> {});
        }
    }

    /** Writes a body; an exception means that the caller has gone. */
    @FunctionalInterface
    interface Writer {
        void write(OutputStream out) throws IOException, InterruptedException;
    }

    static Response json(int status, String json) {
        return new Whole(status, "application/json", Map.of(), json.getBytes(StandardCharsets.UTF_8));
    }

    static Response json(String json) {
        return json(200, json);
    }

    static Response text(int status, String text) {
        return new Whole(status, "text/plain; charset=utf-8", Map.of(), text.getBytes(StandardCharsets.UTF_8));
    }
}
