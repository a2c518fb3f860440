package dev.thimble.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpListenerTest {
    private static final BearerToken TOKEN = new BearerToken("0123456789abcdef");

    static {
        System.setProperty("sun.net.httpserver.maxReqTime", "2");
    }

    private final HttpListener listener = HttpListener.start(
            ListenAddress.loopback(0),
            1_000,
            List.of(
                    new Route("GET", "/open", new Access.Open(), _ -> Response.text(200, "hello")),
                    new Route("GET", "/here", new Access.ThisMachine(), _ -> Response.text(200, "hello")),
                    new Route(
                            "GET",
                            "/batch/{number}",
                            new Access.Token(TOKEN),
                            r -> Response.text(200, Long.toString(r.number("number")))),
                    new Route(
                            "POST",
                            "/json",
                            new Access.ThisMachine(),
                            r -> Response.text(200, r.jsonBody().length + " bytes")),
                    new Route("GET", "/broken", new Access.Open(), _ -> {
                        throw new IllegalStateException("a detail that stays inside");
                    })));

    @AfterEach
    void stop() {
        listener.close();
    }

    /** Sends bytes as they are and gives everything that comes back. */
    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String get(String path, String headers) throws IOException {
        return raw("GET " + path + " HTTP/1.1\r\nConnection: close\r\n" + headers + "\r\n");
    }

    @Test
    void answersByRoute() throws Exception {
        assertThat(get("/open", "Host: example.org\r\n"))
                .startsWith("HTTP/1.1 200")
                .endsWith("hello");
        assertThat(get("/nothing", "Host: localhost\r\n")).startsWith("HTTP/1.1 404");
        assertThat(raw("POST /open HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 405")
                .contains("Allow: GET");
    }

    @Test
    void refusesPathsThatClimb() throws Exception {
        for (String path :
                List.of("/../open", "/batch/..", "/batch/%2e%2e", "/batch/..%2fopen", "/batch/a%00", "//open")) {
            assertThat(get(path, "Host: localhost\r\nAuthorization: " + TOKEN.header() + "\r\n"))
                    .as(path)
                    .startsWith("HTTP/1.1 404");
        }
    }

    @Test
    void wantsTheToken() throws Exception {
        assertThat(get("/batch/7", "Host: a\r\n")).startsWith("HTTP/1.1 401").contains("Bearer");
        assertThat(get("/batch/7", "Host: a\r\nAuthorization: Bearer 0123456789abcdeg\r\n"))
                .startsWith("HTTP/1.1 401");
        assertThat(get("/batch/7", "Host: a\r\nAuthorization: 0123456789abcdef\r\n"))
                .startsWith("HTTP/1.1 401");
        assertThat(get("/batch/7", "Host: a\r\nAuthorization: " + TOKEN.header() + "\r\n"))
                .endsWith("7");
        assertThat(get("/batch/99999999999999999999", "Host: a\r\nAuthorization: " + TOKEN.header() + "\r\n"))
                .startsWith("HTTP/1.1 400");
        assertThat(TOKEN.toString()).doesNotContain("0123456789");
        assertThat(new Access.Token(TOKEN).toString()).doesNotContain("0123456789");
    }

    @Test
    void keepsWebPagesOfOtherSitesOut() throws Exception {
        assertThat(get("/here", "Host: localhost:3050\r\n")).startsWith("HTTP/1.1 200");
        assertThat(get("/here", "Host: rebound.example.org\r\n")).startsWith("HTTP/1.1 403");
        String form =
                "POST /json HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}";
        assertThat(raw(form)).startsWith("HTTP/1.1 415");
        assertThat(raw(form.replace("text/plain", "application/json"))).startsWith("HTTP/1.1 200");
    }

    @Test
    void limitsBodies() throws Exception {
        String head = "POST /json HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
        assertThat(raw(head + "Content-Length: 1001\r\n\r\n")).startsWith("HTTP/1.1 413");
        assertThat(raw(head + "Content-Length: 99999999999\r\n\r\n")).startsWith("HTTP/1.1 413");
        String chunk = "400\r\n" + "x".repeat(0x400) + "\r\n";
        assertThat(raw(head + "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(3) + "0\r\n\r\n"))
                .startsWith("HTTP/1.1 413");
        assertThat(raw(head + "Content-Length: 1000\r\nConnection: close\r\n\r\n" + "x".repeat(1000)))
                .contains("1000 bytes");
    }

    /** A caller that never ends its request is cut off, in the headers and in the body; others are served meanwhile. */
    @Test
    void cutsOffSlowCallers() throws Exception {
        String body =
                "POST /json HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{";
        try (Socket first = new Socket(InetAddress.getLoopbackAddress(), listener.port());
                Socket second = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
            first.getOutputStream().write("GET /open HT".getBytes(StandardCharsets.ISO_8859_1));
            second.getOutputStream().write(body.getBytes(StandardCharsets.ISO_8859_1));
            assertThat(get("/open", "Host: a\r\n")).endsWith("hello");
            for (Socket slow : List.of(first, second)) {
                slow.setSoTimeout(20_000);
                assertThat(new String(slow.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .doesNotContain("200");
            }
        }
    }

    @Test
    void hidesItsOwnFailures() throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(listener.url() + "/broken"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("INTERNAL_ERROR").doesNotContain("detail");
    }

    @Test
    void namesATakenPort() {
        assertThatThrownBy(() -> HttpListener.start(ListenAddress.loopback(listener.port()), 1, List.of()))
                .isInstanceOfSatisfying(
                        PortTaken.class, e -> assertThat(e.address().port()).isEqualTo(listener.port()));
    }

    @Test
    void needsATokenOffLoopback() {
        assertThatThrownBy(() -> Access.protectedBy(null, new ListenAddress("0.0.0.0", 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs a token");
        assertThat(Access.protectedBy(null, ListenAddress.loopback(1))).isEqualTo(new Access.ThisMachine());
        assertThat(Access.protectedBy(TOKEN, ListenAddress.loopback(1))).isEqualTo(new Access.Token(TOKEN));
        assertThatThrownBy(() -> new BearerToken("short-secret")).hasMessageNotContaining("short-secret");
    }
}
