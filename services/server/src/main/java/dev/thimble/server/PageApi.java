package dev.thimble.server;

import dev.thimble.http.Access;
import dev.thimble.http.HttpError;
import dev.thimble.http.Response;
import dev.thimble.http.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/**
 * The web page: three files without data, and the data as JSON, once or as server-sent events. The page asks for a token
 * when the data wants one, and loads nothing from anywhere else.
 */
final class PageApi {
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'";
    private static final Duration STREAM_LASTS = Duration.ofMinutes(30);
    private static final int STREAMS = 100;
    private static final int QUIET_TICKS = 15;

    private final Supplier<Overview.Report> overview;
    private final Duration tick;
    private final Semaphore streams = new Semaphore(STREAMS);
    private volatile boolean closed;
    private String cached = "";
    private long freshUntil;

    /** @param tick how often a stream looks for news */
    PageApi(Supplier<Overview.Report> overview, Duration tick) {
        this.overview = overview;
        this.tick = tick;
    }

    List<Route> routes(Access access) {
        return List.of(
                file("/", "index.html", "text/html; charset=utf-8"),
                file("/page.js", "page.js", "text/javascript; charset=utf-8"),
                file("/page.css", "page.css", "text/css; charset=utf-8"),
                new Route("GET", "/v1/overview", access, _ -> Response.json(json())),
                new Route("GET", "/v1/events", access, _ -> events()));
    }

    private static Route file(String path, String name, String type) {
        byte[] content = resource(name);
        Map<String, String> headers = Map.of("Content-Security-Policy", POLICY, "Referrer-Policy", "no-referrer");
        return new Route("GET", path, new Access.Open(), _ -> new Response.Whole(200, type, headers, content));
    }

    private static byte[] resource(String name) {
        try (InputStream in = PageApi.class.getResourceAsStream("page/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the build lacks page/" + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The overview. All streams together ask the database at most once a tick, and when it is slow less often: at most a
     * fifth of the time is spent in asking.
     */
    private synchronized String json() {
        long started = System.nanoTime();
        if (cached.isEmpty() || started - freshUntil >= 0) {
            cached = JsonMapper.shared().writeValueAsString(overview.get());
            long took = System.nanoTime() - started;
            freshUntil = started + Math.max(tick.toNanos(), 5 * took);
        }
        return cached;
    }

    private Response events() {
        if (!streams.tryAcquire()) {
            throw new HttpError(503, "TOO_MANY_STREAMS", "at most " + STREAMS + " pages can watch at once");
        }
        return new Response.Streamed(200, "text/event-stream; charset=utf-8", Map.of(), out -> {
            try {
                stream(out);
            } finally {
                streams.release();
            }
        });
    }

    /** Sends the overview whenever it changes, and a comment now and then, which tells when the page has gone. */
    private void stream(OutputStream out) throws IOException, InterruptedException {
        long end = System.nanoTime() + STREAM_LASTS.toNanos();
        String sent = "";
        int quiet = 0;
        while (!closed && System.nanoTime() < end) {
            String next = json();
            if (!next.equals(sent)) {
                out.write(("data: " + next + "\n\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
                sent = next;
                quiet = 0;
            } else if (++quiet >= QUIET_TICKS) {
                out.write(": still here\n\n".getBytes(StandardCharsets.UTF_8));
                out.flush();
                quiet = 0;
            }
            Thread.sleep(tick);
        }
    }

    /** Ends all streams within a tick. */
    void close() {
        closed = true;
    }
}
