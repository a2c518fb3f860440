package dev.thimble.server;

import dev.thimble.l1.L1Event;
import dev.thimble.l1.L1Listener;
import dev.thimble.observability.Observability;
import io.prometheus.metrics.core.metrics.Counter;
import java.util.Map;
import java.util.TreeMap;

/** Shows what the component l1 meets: what hinders it in {@code /ready} and on the page, every event as a metric. */
final class L1Watch implements L1Listener {
    private final String part;
    private final Observability observability;
    private final Counter events;
    private final Map<String, String> hindrances = new TreeMap<>();

    L1Watch(String part, Observability observability) {
        this.part = part;
        this.observability = observability;
        this.events = Counter.builder()
                .name("thimble_l1_events_total")
                .help("What happened on L1: SENT, MINED, FINAL, MISMATCH and so on.")
                .labelNames("kind")
                .register(observability.registry());
        observability.readiness().starting(part);
    }

    @Override
    public synchronized void hear(L1Event event) {
        events.labelValues(event.kind().name()).inc();
        switch (event.kind()) {
            case MISMATCH, NODE_AWAY, FAILED, REFUSED, REVERTED, STUCK ->
                hindrances.put(event.purpose(), event.detail());
            case READY, SENT, MINED, FINAL -> hindrances.remove(event.purpose());
            case REORGANISED, FEE_RAISED, NONCE_TAKEN -> {}
        }
        if (hindrances.isEmpty()) {
            observability.readiness().ready(part);
        } else {
            observability.readiness().notReady(part, String.join("; ", hindrances.values()));
        }
    }
}
