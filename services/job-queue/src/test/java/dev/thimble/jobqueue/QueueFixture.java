package dev.thimble.jobqueue;

import dev.thimble.model.BatchId;
import dev.thimble.model.JobKey;
import dev.thimble.model.JobKind;
import dev.thimble.model.ProtocolVersion;
import dev.thimble.model.Round;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** A queue on an emptied database and the small steps that tests are made of. */
final class QueueFixture implements AutoCloseable {
    static final ProtocolVersion VERSION = new ProtocolVersion(0, 1, 0);
    static final Lane EXECUTE = new Lane(Round.BASIC_CIRCUITS, JobKind.EXECUTE);
    static final Lane PROVE = new Lane(Round.BASIC_CIRCUITS, JobKind.PROVE);
    static final Lane LEAF = new Lane(Round.LEAF_AGGREGATION, JobKind.AGGREGATE);
    static final Set<Lane> ALL = Set.of(EXECUTE, PROVE, LEAF, new Lane(Round.LEAF_AGGREGATION, JobKind.PROVE));
    static final Instant SEALED = Instant.parse("2026-01-01T00:00:00Z");

    /** Everything happens within a second or so. */
    static final RetryPolicy QUICK = new RetryPolicy(
            Duration.ofMillis(1500),
            Duration.ofMillis(300),
            Duration.ofMillis(200),
            Duration.ofSeconds(30),
            Duration.ofMillis(100),
            Duration.ofMillis(400));

    final QueueDatabase database;
    final JobQueue queue;
    final QueueStatus status;

    QueueFixture() {
        this(RetryPolicy.DEFAULT);
    }

    QueueFixture(RetryPolicy policy) {
        this(TestDatabase.emptied(), policy);
    }

    QueueFixture(QueueDatabase database, RetryPolicy policy) {
        this.database = database;
        queue = new JobQueue(database, policy);
        queue.registerVersion(VERSION, "aa", null);
        status = new QueueStatus(database);
    }

    String worker(String name) {
        return queue.register(identity(name));
    }

    static WorkerIdentity identity(String name) {
        return new WorkerIdentity(name, "prover", "0.1.0", VERSION);
    }

    static NewBatch batch(BatchId id) {
        return new NewBatch(id, VERSION, SEALED.plusSeconds(id.number()), 0, List.of("input/" + id));
    }

    static JobKey key(BatchId batch, Lane lane, int sequence) {
        return new JobKey(batch, lane.round(), lane.kind(), "MAIN_VM", 0, sequence);
    }

    static List<NewJob> jobs(BatchId batch, Lane lane, int count) {
        List<NewJob> jobs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            jobs.add(NewJob.of(key(batch, lane, i), List.of("in/" + i)));
        }
        return jobs;
    }

    /** Submits a batch with {@code count} proof jobs. */
    BatchId submitProofs(long chain, long number, int count) {
        BatchId batch = BatchId.of(chain, number);
        queue.submit(batch(batch), Plan.of(List.of(), jobs(batch, PROVE, count)));
        return batch;
    }

    /** The result that a deterministic job gives. */
    static JobResult result(Lease lease) {
        return result(lease, Plan.NOTHING);
    }

    static JobResult result(Lease lease, Plan next) {
        return new JobResult(List.of("out/" + lease.key()), digest(lease.key().toString()), next);
    }

    static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    Lease pickOne(String worker, Lane lane) {
        return queue.pick(worker, List.of(lane), 1).getFirst();
    }

    @Override
    public void close() {
        queue.close();
    }
}
