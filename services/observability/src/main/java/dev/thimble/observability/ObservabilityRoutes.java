package dev.thimble.observability;

import dev.thimble.http.Access;
import dev.thimble.http.Request;
import dev.thimble.http.Response;
import dev.thimble.http.Route;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * {@code /metrics}, {@code /health} (200 while the process answers) and {@code /ready} (200, or 503 naming what does not
 * work). They are open: they show counts and states, change nothing, and probes carry no tokens.
 */
public final class ObservabilityRoutes {
    private final ExpositionFormats formats = ExpositionFormats.init();
    private final PrometheusRegistry registry;
    private final Readiness readiness;

    public ObservabilityRoutes(PrometheusRegistry registry, Readiness readiness) {
        this.registry = registry;
        this.readiness = readiness;
    }

    public List<Route> routes() {
        return List.of(
                new Route("GET", "/metrics", new Access.Open(), this::metrics),
                new Route("GET", "/health", new Access.Open(), _ -> Response.text(200, "alive\n")),
                new Route("GET", "/ready", new Access.Open(), _ -> ready()));
    }

    private Response metrics(Request request) throws IOException {
        ExpositionFormatWriter writer =
                formats.findWriter(request.header("Accept").orElse(""));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.write(out, registry.scrape());
        return new Response.Whole(200, writer.getContentType(), Map.of(), out.toByteArray());
    }

    private Response ready() {
        String lines = readiness.parts().entrySet().stream()
                .map(part -> part.getKey() + ": " + (part.getValue().isEmpty() ? "ready" : part.getValue()) + "\n")
                .collect(Collectors.joining());
        return Response.text(readiness.isReady() ? 200 : 503, lines);
    }
}
