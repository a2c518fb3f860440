package dev.thimble.l1;

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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Stands between a component and its node, and holds the first transaction that is sent. */
final class RpcProxy implements AutoCloseable {
    /** What is held. */
    enum Mode {
        /** The request: the node never sees the transaction. */
        HOLD_REQUEST,
        /** The answer: the node has the transaction, the sender does not know. */
        HOLD_ANSWER
    }

    private final HttpServer server;
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI target;
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile boolean holding = true;

    RpcProxy(URI target, Mode mode) throws IOException {
        this.target = target;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> handle(exchange, mode));
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Waits until a transaction is held. */
    void awaitHeld() throws InterruptedException {
        if (!held.await(5, TimeUnit.MINUTES)) {
            throw new AssertionError("no transaction was sent");
        }
    }

    /** From now on everything passes. */
    void forward() {
        holding = false;
    }

    private void handle(HttpExchange exchange, Mode mode) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean hold = holding && body.contains("eth_sendRawTransaction");
        try {
            if (hold && mode == Mode.HOLD_REQUEST) {
                hold();
                return;
            }
            byte[] answer = http.send(
                            HttpRequest.newBuilder(target)
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofByteArray())
                    .body();
            if (hold) {
                hold();
                return;
            }
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void hold() throws InterruptedException {
        held.countDown();
        end.await();
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
    }
}
