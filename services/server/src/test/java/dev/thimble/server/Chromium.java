package dev.thimble.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real headless Chromium with one page, driven over the DevTools protocol. */
final class Chromium implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("DevTools listening on ws://(127\\.0\\.0\\.1:[0-9]+)/");
    private static final List<Path> PLACES = List.of(
            Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"), Path.of("/usr/bin/google-chrome"));

    private final Process process;
    private final Path profile;
    private final WebSocket socket;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();

    private Chromium(Process process, Path profile, URI page) throws Exception {
        this.process = process;
        this.profile = profile;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(page, new Answers())
                .get(20, TimeUnit.SECONDS);
    }

    /** Opens a page; the test is skipped without a browser, except in CI. */
    static Chromium open(URI url) throws Exception {
        var program = PLACES.stream().filter(Files::isExecutable).findFirst();
        if (!Boolean.parseBoolean(System.getenv("CI"))) {
            assumeTrue(program.isPresent(), "Chromium is not installed (apt-get install chromium)");
        }
        Path profile = Files.createTempDirectory("thimble-chromium");
        Process process = new ProcessBuilder(
                        program.orElseThrow().toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "--window-size=1280,1000",
                        url.toString())
                .redirectErrorStream(true)
                .start();
        String host = host(process.inputReader(StandardCharsets.UTF_8));
        return new Chromium(process, profile, page(host));
    }

    private static String host(BufferedReader output) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher matcher = LISTENING.matcher(line);
            if (matcher.find()) {
                Thread.ofVirtual().start(() -> output.lines().forEach(ignored -> {}));
                return matcher.group(1);
            }
        }
        throw new IOException("Chromium ended without a DevTools port");
    }

    private static URI page(String host) throws Exception {
        for (int i = 0; i < 100; i++) {
            JsonNode targets = TestParts.json(TestParts.get(URI.create("http://" + host), "/json/list"));
            for (JsonNode target : targets) {
                if (target.path("type").asString().equals("page")) {
                    return URI.create(target.path("webSocketDebuggerUrl").asString());
                }
            }
            Thread.sleep(100);
        }
        throw new IOException("Chromium has no page");
    }

    private JsonNode send(String method, Map<String, Object> parameters) throws Exception {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        String message =
                JsonMapper.shared().writeValueAsString(Map.of("id", id, "method", method, "params", parameters));
        socket.sendText(message, true).get(10, TimeUnit.SECONDS);
        return answer.get(20, TimeUnit.SECONDS);
    }

    /** The value of a JavaScript expression, as text. */
    String evaluate(String expression) throws Exception {
        JsonNode result =
                send("Runtime.evaluate", Map.of("expression", "String(" + expression + ")", "awaitPromise", true));
        return result.path("result").path("result").path("value").asString("");
    }

    /** A picture of the page. */
    byte[] screenshot() throws Exception {
        JsonNode result = send("Page.captureScreenshot", Map.of("format", "png"));
        return Base64.getDecoder().decode(result.path("result").path("data").asString());
    }

    @Override
    public void close() throws IOException {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
        TestParts.delete(profile);
    }

    /** Joins the pieces of messages and hands each to who waits for it. */
    private final class Answers implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence piece, boolean last) {
            text.append(piece);
            if (last) {
                JsonNode message = JsonMapper.shared().readTree(text.toString());
                text.setLength(0);
                CompletableFuture<JsonNode> waiting =
                        answers.remove(message.path("id").asInt(0));
                if (waiting != null) {
                    waiting.complete(message);
                }
            }
            webSocket.request(1);
            return null;
        }
    }
}
