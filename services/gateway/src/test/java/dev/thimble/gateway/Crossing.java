package dev.thimble.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/** Stands between gateways and server, passes calls on, and does something at one moment of one call, which then fails. */
final class Crossing implements AutoCloseable {
    /** Before the server hears of a call, or after it has answered and before the gateway hears of that. */
    enum Moment {
        CALLED,
        ANSWERED
    }

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final HttpServer http;
    private final AtomicBoolean over = new AtomicBoolean();
    private final String call;
    private final Moment moment;
    private volatile URI server;
    private volatile Runnable event = () -> {};

    /**
     * @param server where calls go
     * @param call how the path of the call ends; empty for none
     */
    Crossing(URI server, String call, Moment moment) throws IOException {
        this.server = server;
        this.call = call;
        this.moment = moment;
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/", this::pass);
        http.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    /** What happens at the moment. */
    void at(Runnable what) {
        event = what;
    }

    /** The server is elsewhere now. */
    void to(URI other) {
        server = other;
    }

    /** Whether the moment has come and gone. */
    boolean isOver() {
        return over.get();
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (isCall(exchange) && moment == Moment.CALLED && happen()) {
                return;
            }
            HttpResponse<byte[]> answer = forward(exchange, body);
            if (isCall(exchange) && moment == Moment.ANSWERED && isSomething(answer) && happen()) {
                return;
            }
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isCall(HttpExchange exchange) {
        return !call.isEmpty() && exchange.getRequestURI().getPath().endsWith(call);
    }

    private static boolean isSomething(HttpResponse<byte[]> answer) {
        return answer.statusCode() == 200
                && !new String(answer.body(), StandardCharsets.ISO_8859_1).equals("{\"batch\":null}");
    }

    private synchronized boolean happen() {
        if (over.get()) {
            return false;
        }
        event.run();
        over.set(true);
        return true;
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        server.resolve(exchange.getRequestURI().getPath()))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    @Override
    public void close() {
        http.stop(0);
        client.close();
    }
}
