package dev.thimble.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thimble.http.HttpListener;
import dev.thimble.http.ListenAddress;
import dev.thimble.model.BatchId;
import io.prometheus.metrics.core.metrics.Counter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

class ObservabilityTest {
    private static HttpResponse<String> get(HttpListener listener, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(listener.url() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void showsMetricsHealthAndReadiness() throws Exception {
        try (Observability observability = new Observability("prover", "0.1.0")) {
            HttpListener listener = observability.listen(ListenAddress.loopback(0));
            Counter.builder()
                    .name("thimble_proofs_total")
                    .labelNames("circuit")
                    .register(observability.registry())
                    .labelValues("MAIN_VM")
                    .inc(3);
            observability.readiness().ready("store");
            observability.readiness().notReady("database", "waiting for\nlocalhost");

            assertThat(get(listener, "/metrics").body())
                    .contains("thimble_proofs_total{circuit=\"MAIN_VM\"} 3.0")
                    .contains("thimble_component_info{component=\"prover\",version=\"0.1.0\"} 1")
                    .contains("thimble_ready{part=\"database\"} 0.0")
                    .contains("thimble_ready{part=\"store\"} 1.0")
                    .contains("jvm_memory_used_bytes");
            assertThat(get(listener, "/health").statusCode()).isEqualTo(200);
            HttpResponse<String> ready = get(listener, "/ready");
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body()).isEqualTo("database: waiting for localhost\nstore: ready\n");

            observability.readiness().ready("database");
            assertThat(get(listener, "/ready").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void logsIdsAsText() {
        assertThat(logged(Logs.Format.TEXT))
                .contains("INFO  ObservabilityTest a batch has begun")
                .contains("batch=7")
                .contains("job=12")
                .contains("INFO  ObservabilityTest without ids\n");
    }

    @Test
    void logsIdsAsJson() {
        assertThat(logged(Logs.Format.JSON))
                .contains("\"level\":\"INFO\"")
                .contains("\"batch\":\"7\"")
                .contains("\"job\":\"12\"")
                .contains("\"worker\":\"host-1\"")
                .contains("\"message\":\"a batch has begun\"");
        assertThat(MDC.getCopyOfContextMap())
                .satisfiesAnyOf(
                        map -> assertThat(map).isNull(), map -> assertThat(map).isEmpty());
    }

    @Test
    void refusesAnUnknownLevel() {
        assertThatThrownBy(() -> Logs.configure(Logs.Format.TEXT, "loud"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'loud'");
    }

    private static String logged(Logs.Format format) {
        PrintStream before = System.err;
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        System.setErr(new PrintStream(lines, true, StandardCharsets.UTF_8));
        try {
            Logs.configure(format, "info");
            var log = LoggerFactory.getLogger(ObservabilityTest.class);
            try (var _ = LogContext.of(BatchId.of(31_337, 7)).job(12).worker("host-1")) {
                log.info("a batch has begun");
            }
            log.info("without ids");
            log.debug("nobody hears this");
        } finally {
            System.setErr(before);
        }
        return lines.toString(StandardCharsets.UTF_8);
    }
}
