package dev.thimble.objectstorecloud;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The part of Google Cloud Storage's JSON API that a client of objects uses, written from its public reference (Objects:
 * insert by media and by multipart upload with {@code ifGenerationMatch}, get, get with {@code alt=media} and a range,
 * list with prefix and pages, delete; errors as JSON). It is not Google's software.
 */
final class GcsServer implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern OBJECT = Pattern.compile("/storage/v1/b/([^/]+)/o/(.+)");
    private static final Pattern LIST = Pattern.compile("/storage/v1/b/([^/]+)/o");
    private static final Pattern UPLOAD = Pattern.compile("/upload/storage/v1/b/([^/]+)/o");
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");

    /** An object as it is kept. */
    static final class Kept {
        private final byte[] content;
        private final long generation;
        private final Instant updated = Instant.now();

        Kept(byte[] content, long generation) {
            this.content = content;
            this.generation = generation;
        }

        byte[] content() {
            return content;
        }
    }

    final ConcurrentSkipListMap<String, Kept> objects = new ConcurrentSkipListMap<>();
    final AtomicInteger requests = new AtomicInteger();

    /** So many of the next requests are answered with 503. */
    final AtomicInteger failing = new AtomicInteger();

    private final AtomicInteger generations = new AtomicInteger();
    private final HttpServer server;

    GcsServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            requests.incrementAndGet();
            if (failing.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                error(exchange, 503, "backendError");
                return;
            }
            route(exchange, body);
        }
    }

    private void route(HttpExchange exchange, byte[] body) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
        Matcher object = OBJECT.matcher(path);
        String method = exchange.getRequestMethod();
        if (UPLOAD.matcher(path).matches() && method.equals("POST")) {
            insert(exchange, query, body);
        } else if (object.matches()) {
            String name = URLDecoder.decode(object.group(2), StandardCharsets.UTF_8);
            switch (method) {
                case "GET" -> get(exchange, name, query);
                case "DELETE" -> delete(exchange, name);
                default -> error(exchange, 405, "methodNotAllowed");
            }
        } else if (LIST.matcher(path).matches() && method.equals("GET")) {
            list(exchange, query);
        } else {
            error(exchange, 404, "notFound");
        }
    }

    private void insert(HttpExchange exchange, Map<String, String> query, byte[] body) throws IOException {
        String name = query.get("name");
        byte[] content = body;
        if ("multipart".equals(query.get("uploadType"))) {
            List<byte[]> parts = parts(exchange.getRequestHeaders().getFirst("Content-Type"), body);
            name = name == null ? JSON.readTree(parts.get(0)).path("name").asString() : name;
            content = parts.get(1);
        }
        if (name == null) {
            error(exchange, 400, "required");
            return;
        }
        Kept fresh = new Kept(content, generations.incrementAndGet());
        if ("0".equals(query.get("ifGenerationMatch"))) {
            if (objects.putIfAbsent(name, fresh) != null) {
                error(exchange, 412, "conditionNotMet");
                return;
            }
        } else {
            objects.put(name, fresh);
        }
        answer(exchange, 200, JSON.writeValueAsBytes(resource(name, fresh)));
    }

    private void get(HttpExchange exchange, String name, Map<String, String> query) throws IOException {
        Kept kept = objects.get(name);
        if (kept == null) {
            error(exchange, 404, "notFound");
        } else if (!"media".equals(query.get("alt"))) {
            answer(exchange, 200, JSON.writeValueAsBytes(resource(name, kept)));
        } else {
            media(exchange, kept.content());
        }
    }

    private static void media(HttpExchange exchange, byte[] content) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        Matcher matcher = RANGE.matcher(range == null ? "" : range);
        if (!matcher.matches()) {
            answer(exchange, 200, content);
            return;
        }
        int from = Integer.parseInt(matcher.group(1));
        int last = matcher.group(2).isEmpty() ? content.length - 1 : Integer.parseInt(matcher.group(2));
        if (from >= content.length) {
            error(exchange, 416, "requestedRangeNotSatisfiable");
            return;
        }
        int end = Math.min(content.length, last + 1);
        exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + (end - 1) + "/" + content.length);
        answer(exchange, 206, Arrays.copyOfRange(content, from, end));
    }

    private void delete(HttpExchange exchange, String name) throws IOException {
        if (objects.remove(name) == null) {
            error(exchange, 404, "notFound");
        } else {
            exchange.sendResponseHeaders(204, -1);
        }
    }

    /** Pages of at most three, so that every client has to follow the tokens. */
    private void list(HttpExchange exchange, Map<String, String> query) throws IOException {
        String prefix = query.getOrDefault("prefix", "");
        String after = query.getOrDefault("pageToken", "");
        List<Map<String, Object>> items = new ArrayList<>();
        Map<String, Object> answer = new HashMap<>(Map.of("kind", "storage#objects"));
        for (var entry : objects.tailMap(after, false).entrySet()) {
            if (entry.getKey().startsWith(prefix)) {
                if (items.size() == 3) {
                    answer.put("nextPageToken", items.getLast().get("name"));
                    break;
                }
                items.add(resource(entry.getKey(), entry.getValue()));
            }
        }
        answer.put("items", items);
        answer(exchange, 200, JSON.writeValueAsBytes(answer));
    }

    private static Map<String, Object> resource(String name, Kept kept) {
        return Map.of(
                "kind",
                "storage#object",
                "name",
                name,
                "size",
                Integer.toString(kept.content().length),
                "generation",
                Long.toString(kept.generation),
                "contentType",
                "application/octet-stream",
                "etag",
                "e" + kept.generation,
                "md5Hash",
                "",
                "updated",
                kept.updated.toString());
    }

    private static void error(HttpExchange exchange, int code, String reason) throws IOException {
        var error = Map.of("code", code, "message", reason, "errors", List.of(Map.of("reason", reason)));
        answer(exchange, code, JSON.writeValueAsBytes(Map.of("error", error)));
    }

    private static void answer(HttpExchange exchange, int code, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
        exchange.sendResponseHeaders(code, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static Map<String, String> query(@Nullable String text) {
        Map<String, String> query = new HashMap<>();
        for (String pair : text == null ? new String[0] : text.split("&")) {
            String[] sides = pair.split("=", 2);
            query.put(
                    URLDecoder.decode(sides[0], StandardCharsets.UTF_8),
                    sides.length == 1 ? "" : URLDecoder.decode(sides[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** The bodies of the parts of a multipart body (RFC 2046). */
    private static List<byte[]> parts(@Nullable String contentType, byte[] body) {
        String type = String.valueOf(contentType);
        String boundary = "--" + type.substring(type.indexOf("boundary=") + 9).replace("\"", "");
        String text = new String(body, StandardCharsets.ISO_8859_1);
        List<byte[]> parts = new ArrayList<>();
        for (int at = text.indexOf(boundary); at >= 0; ) {
            int start = text.indexOf("\r\n\r\n", at);
            int next = text.indexOf("\r\n" + boundary, at + boundary.length());
            if (start < 0 || next < 0) {
                break;
            }
            parts.add(Arrays.copyOfRange(body, start + 4, next));
            at = next + 2;
        }
        return parts;
    }
}
