package dev.thimble.observability;

import dev.thimble.http.HttpListener;
import dev.thimble.http.ListenAddress;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The metrics and the readiness of one process, and the ports that show them. A process with several components shows the
 * same under each of their ports.
 */
public final class Observability implements AutoCloseable {
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Readiness readiness = new Readiness();
    private final List<HttpListener> listeners = new ArrayList<>();

    /**
     * Metrics of the JVM and of the component, not yet listening.
     *
     * @param component the command, for example {@code prover}
     * @param softwareVersion the build
     */
    public Observability(String component, String softwareVersion) {
        Instant started = Instant.now();
        JvmMetrics.builder().register(registry);
        Info.builder()
                .name("thimble_component_info")
                .help("Which component this is, and its build.")
                .labelNames("component", "version")
                .register(registry)
                .addLabelValues(component, softwareVersion);
        GaugeWithCallback.builder()
                .name("thimble_up_seconds")
                .help("Seconds since the start: grows while the process lives, idle or not.")
                .callback(callback ->
                        callback.call(Duration.between(started, Instant.now()).toMillis() / 1e3))
                .register(registry);
        GaugeWithCallback.builder()
                .name("thimble_ready")
                .help("1 for each part that works, 0 for each that does not.")
                .labelNames("part")
                .callback(callback ->
                        readiness.parts().forEach((part, problem) -> callback.call(problem.isEmpty() ? 1 : 0, part)))
                .register(registry);
    }

    /** Where metrics are registered; names begin with {@code thimble_}. */
    public PrometheusRegistry registry() {
        return registry;
    }

    public Readiness readiness() {
        return readiness;
    }

    /**
     * Shows {@code /metrics}, {@code /health} and {@code /ready} on a port.
     *
     * @return the listener, which ends with this
     * @throws dev.thimble.http.PortTaken if the port cannot be had
     */
    public synchronized HttpListener listen(ListenAddress address) {
        HttpListener listener = HttpListener.start(address, 0, new ObservabilityRoutes(registry, readiness).routes());
        listeners.add(listener);
        return listener;
    }

    @Override
    public synchronized void close() {
        listeners.forEach(HttpListener::close);
        listeners.clear();
    }
}
