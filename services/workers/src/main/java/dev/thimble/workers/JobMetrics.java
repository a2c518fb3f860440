package dev.thimble.workers;

import dev.thimble.jobqueue.JobEvent;
import dev.thimble.model.JobKey;
import dev.thimble.model.JobKind;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/** Counts and times of the attempts of a process's workers, by round, kind and circuit, and what they proved. One per registry. */
public final class JobMetrics implements Consumer<JobEvent> {
    private final Counter attempts;
    private final Histogram seconds;
    private final Histogram waited;
    private final Counter cells;
    private final ToLongFunction<JobKey> cellsOf;

    /** @param cellsOf how many trace cells the instance of a prove job has */
    public JobMetrics(PrometheusRegistry registry, ToLongFunction<JobKey> cellsOf) {
        this.cellsOf = cellsOf;
        cells = Counter.builder()
                .name("thimble_proven_cells_total")
                .help("Trace cells of the instances that were proven; its rate is how fast this process proves.")
                .labelNames("circuit")
                .register(registry);
        attempts = Counter.builder()
                .name("thimble_job_attempts_total")
                .help("Attempts at jobs by outcome: successful, failed, given_back, lease_lost.")
                .labelNames("round", "kind", "circuit", "outcome")
                .register(registry);
        seconds = histogram("thimble_job_seconds", "How long attempts took.", registry);
        waited = histogram("thimble_job_queued_seconds", "How long jobs were queued before an attempt.", registry);
    }

    private static Histogram histogram(String name, String help, PrometheusRegistry registry) {
        return Histogram.builder()
                .name(name)
                .help(help)
                .labelNames("round", "kind", "circuit")
                .classicUpperBounds(0.01, 0.05, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800)
                .register(registry);
    }

    @Override
    public void accept(JobEvent event) {
        JobKey key = event.lease().key();
        String[] labels = {key.round().wireName(), key.kind().wireName(), key.circuit()};
        String outcome = event.outcome().name().toLowerCase(Locale.ROOT);
        attempts.labelValues(labels[0], labels[1], labels[2], outcome).inc();
        seconds.labelValues(labels).observe(event.ran().toMillis() / 1e3);
        waited.labelValues(labels).observe(Math.max(0, event.waited().toMillis()) / 1e3);
        if (key.kind() == JobKind.PROVE && event.outcome() == JobEvent.Outcome.SUCCESSFUL) {
            cells.labelValues(key.circuit()).inc(cellsOf.applyAsLong(key));
        }
    }
}
