package dev.thimble.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One request to a {@link Handler}. */
public final class Request {
    private final HttpExchange exchange;
    private final Map<String, String> parameters;
    private final int maximumBodyBytes;

    Request(HttpExchange exchange, Map<String, String> parameters, int maximumBodyBytes) {
        this.exchange = exchange;
        this.parameters = parameters;
        this.maximumBodyBytes = maximumBodyBytes;
    }

    /** The path's segment that the route names {@code {name}}. */
    public String parameter(String name) {
        String value = parameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route has no {" + name + "}");
        }
        return value;
    }

    /**
     * {@link #parameter} as a number.
     *
     * @throws HttpError 400 unless it is a decimal number from 0 to 2^63 − 1
     */
    public long number(String name) {
        String value = parameter(name);
        try {
            if (value.matches("[0-9]{1,19}")) {
                return Long.parseLong(value);
            }
        } catch (NumberFormatException e) {
            throw badNumber(name, value);
        }
        throw badNumber(name, value);
    }

    private static HttpError badNumber(String name, String value) {
        return new HttpError(400, "BAD_REQUEST", name + " must be a number but is '" + value + "'");
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    /**
     * The body.
     *
     * @throws HttpError 413 if it is longer than the listener takes
     */
    public byte[] body() throws IOException {
        try (InputStream in = exchange.getRequestBody()) {
            byte[] body = in.readNBytes(maximumBodyBytes + 1);
            if (body.length > maximumBodyBytes) {
                throw tooLarge(maximumBodyBytes);
            }
            return body;
        }
    }

    static HttpError tooLarge(int maximumBodyBytes) {
        return new HttpError(413, "BODY_TOO_LARGE", "the body may have at most " + maximumBodyBytes + " bytes");
    }

    /**
     * The body, which must say that it is JSON. A web page of another site cannot say so without being asked first.
     *
     * @throws HttpError 415 if it does not, 413 if it is too long
     */
    public byte[] jsonBody() throws IOException {
        String type = header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (!type.equals("application/json") && !type.startsWith("application/json;")) {
            throw new HttpError(415, "NOT_JSON", "Content-Type must be application/json");
        }
        return body();
    }
}
