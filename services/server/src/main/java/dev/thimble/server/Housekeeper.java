package dev.thimble.server;

import dev.thimble.jobqueue.BatchStatus;
import dev.thimble.jobqueue.Housekeeping;
import dev.thimble.jobqueue.QueueStatus;
import dev.thimble.jobqueue.QueueStatus.LaneCount;
import dev.thimble.model.ArtifactName;
import dev.thimble.model.BatchDescription;
import dev.thimble.model.BatchId;
import dev.thimble.model.BatchState;
import dev.thimble.objectstore.ObjectStore;
import dev.thimble.objectstore.Retention;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures the queue, and removes what is no longer needed. */
final class Housekeeper {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeper.class);
    private static final Duration CLEANING = Duration.ofMinutes(10);
    private static final Set<String> INPUTS = Set.of(BatchPreparation.INPUT, BatchDescription.ARTIFACT);

    private final BatchTable batches;
    private final QueueStatus queue;
    private final Housekeeping housekeeping;
    private final ObjectStore store;
    private final ServerOptions.Kept kept;
    private final Gauge jobs;
    private final Gauge age;
    private final Gauge workers;
    private boolean cleaned;
    private long cleanedAt;

    Housekeeper(
            BatchTable batches,
            QueueStatus queue,
            Housekeeping housekeeping,
            ObjectStore store,
            ServerOptions.Kept kept,
            PrometheusRegistry registry) {
        this.batches = batches;
        this.queue = queue;
        this.housekeeping = housekeeping;
        this.store = store;
        this.kept = kept;
        this.jobs = gauge(
                registry,
                "thimble_jobs",
                "Jobs by chain, round, kind and state.",
                "chain",
                "round",
                "kind",
                "state",
                "protocol_version");
        this.age = gauge(
                registry,
                "thimble_queue_age_seconds",
                "How long the oldest queued job has waited.",
                "chain",
                "round",
                "kind",
                "protocol_version");
        this.workers = gauge(registry, "thimble_workers", "Workers by component and state.", "component", "state");
    }

    private static Gauge gauge(PrometheusRegistry registry, String name, String help, String... labels) {
        return Gauge.builder().name(name).help(help).labelNames(labels).register(registry);
    }

    /** One round; the cleaning happens every ten minutes. */
    void run() throws IOException {
        measure();
        if (cleaned && System.nanoTime() - cleanedAt < CLEANING.toNanos()) {
            return;
        }
        Housekeeping.Report report =
                housekeeping.run(new Housekeeping.Kept(kept.jobs(), kept.stoppedJobs(), kept.archivedJobs()));
        Retention.Removed removed = sweep(report.at().minus(kept.artifacts()));
        LOG.info(
                "archived {} jobs, deleted {} jobs, {} workers, {} artifacts of {} bytes",
                report.archivedJobs(),
                report.deletedJobs(),
                report.deletedWorkers(),
                removed.objects(),
                removed.storedBytes());
        cleaned = true;
        cleanedAt = System.nanoTime();
    }

    /** Removes old artifacts of this chain's batches that nobody will ask for. */
    private Retention.Removed sweep(Instant before) throws IOException {
        Map<BatchId, Needed> needed = new HashMap<>();
        return new Retention(store).sweep(batches.chain() + "/", before, key -> {
            try {
                ArtifactName name = ArtifactName.parse(key.path());
                return switch (needed.computeIfAbsent(name.batch(), this::needed)) {
                    case ALL -> true;
                    case INPUT -> INPUTS.contains(name.type());
                    case NOTHING -> false;
                };
            } catch (IllegalArgumentException e) {
                return true; // not an artifact of a batch: not ours to remove
            }
        });
    }

    /** Which of a batch's artifacts are still needed. */
    private enum Needed {
        ALL,
        /** What the others can be made from again, should an operator restart the batch. */
        INPUT,
        NOTHING
    }

    private Needed needed(BatchId batch) {
        Optional<SealedBatch> sealed = batches.batch(batch.number());
        if (sealed.isPresent() && sealed.get().provenAt() != null) {
            return Needed.NOTHING;
        }
        Optional<BatchStatus> queued = queue.batch(batch);
        if (queued.isEmpty() || !housekeeping.isArchived(batch)) {
            return Needed.ALL;
        }
        return queued.get().state() == BatchState.STOPPED ? Needed.INPUT : Needed.NOTHING;
    }

    /** What is no longer there is no longer shown: a gauge never stays at its last value. */
    private void measure() {
        List<LaneCount> counts = queue.counts();
        jobs.clear();
        age.clear();
        for (LaneCount count : counts) {
            String chain = count.chain().toString();
            String round = count.lane().round().wireName();
            String kind = count.lane().kind().wireName();
            String version = count.version().toString();
            jobs.labelValues(chain, round, kind, count.state().wireName(), version)
                    .set((double) count.jobs());
            if (count.oldestQueuedSeconds() > 0) {
                age.labelValues(chain, round, kind, version).set(count.oldestQueuedSeconds());
            }
        }
        workers.clear();
        queue.workers()
                .forEach(worker ->
                        workers.labelValues(worker.component(), worker.state()).inc());
    }
}
