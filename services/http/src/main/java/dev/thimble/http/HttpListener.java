package dev.thimble.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on one port and answers by routes. Connections that do not deliver their request within a minute are closed; a
 * body longer than the limit is refused before it is read where its length is announced.
 */
public final class HttpListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);
    private static final int CONNECTIONS = 2_000;
    private static final Set<String> OWN_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    static {
        // The JDK reads its limits once, from these properties.
        limit("maxReqTime", "60");
        limit("maxConnections", Integer.toString(CONNECTIONS));
        limit("maxReqHeaderSize", "65536");
        // A refused body is read up to here, so that its sender gets to read the answer.
        limit("drainAmount", Integer.toString(16 << 20));
    }

    private static void limit(String name, String value) {
        String property = "sun.net.httpserver." + name;
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final ListenAddress address;
    private final int maximumBodyBytes;
    private final List<Route> routes;

    private HttpListener(HttpServer server, ListenAddress address, int maximumBodyBytes, List<Route> routes) {
        this.server = server;
        this.address = address;
        this.maximumBodyBytes = maximumBodyBytes;
        this.routes = List.copyOf(routes);
        this.threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual()
                .name("http-" + server.getAddress().getPort() + "-", 0)
                .factory());
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /**
     * Begins to listen.
     *
     * @param maximumBodyBytes of a request
     * @throws PortTaken if the port cannot be had
     */
    public static HttpListener start(ListenAddress address, int maximumBodyBytes, List<Route> routes) {
        try {
            HttpServer server = HttpServer.create(address.socketAddress(), 128);
            return new HttpListener(server, address, maximumBodyBytes, routes);
        } catch (IOException e) {
            throw new PortTaken(address, e);
        }
    }

    /** The port, also where any free one was asked for. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** An address by which this machine reaches it. */
    public URI url() {
        String host = address.socketAddress().getAddress().isAnyLocalAddress() ? "127.0.0.1" : address.host();
        return URI.create("http://" + new ListenAddress(host, port()));
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            send(exchange, answer(exchange));
        } catch (IOException e) {
            LOG.debug("a caller of port {} went away: {}", port(), e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Response answer(HttpExchange exchange) throws IOException {
        try {
            return find(exchange);
        } catch (HttpError e) {
            return e.response();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            LOG.error(
                    "{} {} failed",
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    e);
            return new HttpError(500, "INTERNAL_ERROR", "this failed; the log says why").response();
        }
    }

    private Response find(HttpExchange exchange) throws Exception {
        Set<String> methods = new TreeSet<>();
        String path = exchange.getRequestURI().getRawPath();
        for (Route route : routes) {
            Optional<Map<String, String>> parameters = route.match(path);
            if (parameters.isPresent() && route.method().equals(exchange.getRequestMethod())) {
                admit(exchange, route.access());
                refuseLongBody(exchange);
                return route.handler().handle(new Request(exchange, parameters.get(), maximumBodyBytes));
            }
            parameters.ifPresent(_ -> methods.add(route.method()));
        }
        if (methods.isEmpty()) {
            throw new HttpError(404, "NOT_FOUND", "nothing is here");
        }
        exchange.getResponseHeaders().set("Allow", String.join(", ", methods));
        throw new HttpError(405, "METHOD_NOT_ALLOWED", "use " + String.join(", ", methods));
    }

    private static void admit(HttpExchange exchange, Access access) {
        switch (access) {
            case Access.Open() -> {}
            case Access.ThisMachine() -> {
                String host = String.valueOf(exchange.getRequestHeaders().getFirst("Host"));
                if (!exchange.getRemoteAddress().getAddress().isLoopbackAddress()
                        || !OWN_NAMES.contains(host.replaceFirst(":[0-9]+$", ""))) {
                    throw new HttpError(403, "FORBIDDEN", "only callers on this machine, by the name localhost");
                }
            }
            case Access.Token(BearerToken token) -> {
                String shown = exchange.getRequestHeaders().getFirst("Authorization");
                if (shown == null || !token.isShownBy(shown)) {
                    exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
                    throw new HttpError(401, "UNAUTHORIZED", "send the header Authorization: Bearer TOKEN");
                }
            }
        }
    }

    private void refuseLongBody(HttpExchange exchange) {
        String length = exchange.getRequestHeaders().getFirst("Content-Length");
        if (length != null && (!length.matches("[0-9]{1,9}") || Integer.parseInt(length) > maximumBodyBytes)) {
            throw Request.tooLarge(maximumBodyBytes);
        }
    }

    private static void send(HttpExchange exchange, Response response) throws IOException, InterruptedException {
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", response.contentType());
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Cache-Control", "no-store");
        response.headers().forEach(headers::set);
        if (response.status() >= 400) {
            headers.set("Connection", "close");
        }
        switch (response) {
            case Response.Whole whole -> {
                exchange.sendResponseHeaders(whole.status(), whole.body().length == 0 ? -1 : whole.body().length);
                try (OutputStream out = exchange.getResponseBody()) {
                    out.write(whole.body());
                }
            }
            case Response.Streamed streamed -> {
                try {
                    exchange.sendResponseHeaders(streamed.status(), 0);
                    try (OutputStream out = exchange.getResponseBody()) {
                        streamed.writer().write(out);
                    }
                } finally {
                    streamed.afterwards().run();
                }
            }
        }
    }

    /** Stops listening; requests that run get two seconds. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
        try {
            if (!threads.awaitTermination(2, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
