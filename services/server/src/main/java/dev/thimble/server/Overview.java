package dev.thimble.server;

import dev.thimble.jobqueue.BatchStatus;
import dev.thimble.jobqueue.JobView;
import dev.thimble.jobqueue.QueueStatus;
import dev.thimble.jobqueue.WorkerView;
import dev.thimble.model.ChainId;
import dev.thimble.model.JobState;
import dev.thimble.observability.Readiness;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything that the web page shows, as one JSON value. */
final class Overview {
    private static final int BATCHES = 40;
    private static final int ERRORS = 30;

    private final ChainId chain;
    private final BlockTable blocks;
    private final BatchTable batches;
    private final QueueStatus queue;
    private final Readiness readiness;
    private final L1View l1;

    Overview(ChainId chain, BlockTable blocks, BatchTable batches, QueueStatus queue, Readiness readiness, L1View l1) {
        this.chain = chain;
        this.blocks = blocks;
        this.batches = batches;
        this.queue = queue;
        this.readiness = readiness;
        this.l1 = l1;
    }

    /** What the page is told. */
    record Report(
            long chainId,
            @Nullable Long headBlock,
            List<Part> parts,
            L1View.@Nullable Totals l1,
            Map<String, Long> jobs,
            List<Batch> batches,
            List<Failure> errors,
            List<Worker> workers) {}

    /** A component and what hinders it; empty if nothing. */
    record Part(String name, String problem) {}

    /** One batch: the operator's side and, once a gateway has it, the provers' side. */
    record Batch(
            long number,
            String state,
            long firstBlock,
            long lastBlock,
            long transactions,
            long gas,
            long dataBytes,
            String sealedAt,
            String sealedBecause,
            @Nullable String stoppedBecause,
            @Nullable String gateway,
            @Nullable String provenAt,
            @Nullable Proving proving,
            L1View.Progress l1) {}

    /** The queue's view of a batch. */
    record Proving(
            String state,
            int successful,
            int failed,
            int inProgress,
            int queued,
            List<Round> rounds,
            @Nullable String compression,
            @Nullable String blockedBy,
            @Nullable Double etaSeconds) {}

    /** Proofs of one circuit in one round. */
    record Round(String round, String circuit, int done, int total) {}

    /** A job that went wrong and is not done. */
    record Failure(
            long job,
            String name,
            String state,
            int attempts,
            int maxAttempts,
            @Nullable String worker,
            String error) {}

    /** A worker. */
    record Worker(
            String name,
            String component,
            String version,
            String state,
            String lastSeen,
            @Nullable Long job,
            @Nullable String problem) {}

    Report report() {
        return new Report(
                chain.value(),
                blocks.head().map(L2Block::number).orElse(null),
                readiness.parts().entrySet().stream()
                        .map(part -> new Part(part.getKey(), part.getValue()))
                        .toList(),
                l1.totals().orElse(null),
                jobs(),
                newestBatches(),
                errors(),
                queue.workers().stream().map(Overview::worker).toList());
    }

    private Map<String, Long> jobs() {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (JobState state : JobState.values()) {
            counts.put(state.wireName(), 0L);
        }
        queue.counts().stream()
                .filter(count -> count.chain().equals(chain))
                .forEach(count -> counts.merge(count.state().wireName(), count.jobs(), Long::sum));
        return counts;
    }

    private List<Batch> newestBatches() {
        long first = Math.max(0, batches.newest().orElse(0L) - BATCHES + 1);
        Map<Long, BatchStatus> inQueue = new HashMap<>();
        queue.batches(chain, first, BATCHES)
                .forEach(status -> inQueue.put(status.id().number(), status));
        List<Batch> list = new ArrayList<>();
        for (SealedBatch batch : batches.batches(first, BATCHES).reversed()) {
            list.add(batch(batch, inQueue.get(batch.id().number())));
        }
        return list;
    }

    private Batch batch(SealedBatch batch, @Nullable BatchStatus status) {
        return new Batch(
                batch.id().number(),
                batch.state(),
                batch.firstBlock(),
                batch.lastBlock(),
                batch.transactions(),
                batch.gasUsed(),
                batch.dataBytes(),
                batch.sealedAt().toString(),
                batch.sealedBecause(),
                batch.stoppedBecause(),
                batch.gateway(),
                text(batch.provenAt()),
                status == null ? null : proving(status),
                l1.progress(batch.id()));
    }

    private static Proving proving(BatchStatus status) {
        BatchStatus.Proofs proofs = status.proofs();
        BatchStatus.Blocker blocker = status.blockedBy();
        return new Proving(
                status.state().wireName(),
                proofs.successful(),
                proofs.failed(),
                proofs.inProgress(),
                proofs.queued(),
                status.rounds().stream()
                        .map(round -> new Round(round.round().wireName(), round.circuit(), round.done(), round.total()))
                        .toList(),
                status.compression(),
                blocker == null ? null : (blocker.job() == null ? "" : "job " + blocker.job() + ": ") + blocker.error(),
                status.etaSeconds());
    }

    private List<Failure> errors() {
        return Stream.of(JobState.DEAD, JobState.RETRYING)
                .flatMap(state -> queue.jobs(new JobView.Filter(chain.value(), null, state, null, ERRORS)).stream())
                .limit(ERRORS)
                .map(job -> new Failure(
                        job.id(),
                        job.key().toString(),
                        job.state().wireName(),
                        job.attempts(),
                        job.maxAttempts(),
                        job.worker(),
                        Objects.requireNonNullElse(job.error(), "unknown")))
                .toList();
    }

    private static Worker worker(WorkerView worker) {
        return new Worker(
                worker.name(),
                worker.component(),
                worker.softwareVersion(),
                worker.state(),
                worker.lastSeen().toString(),
                worker.job(),
                worker.quarantineReason());
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
