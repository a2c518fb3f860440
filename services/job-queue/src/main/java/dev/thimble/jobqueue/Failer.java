package dev.thimble.jobqueue;

import dev.thimble.model.BatchId;
import dev.thimble.model.ErrorCode;
import dev.thimble.model.JobState;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Ends attempts without a result, in the caller's transaction. */
final class Failer {
    /** Longer messages are cut: the log has the whole. */
    private static final int MESSAGE_LIMIT = 4_000;

    private static final String SKIP = "SKIP LOCKED";
    private static final String WAIT = "";

    private final Handle handle;
    private final RetryPolicy policy;

    Failer(Handle handle, RetryPolicy policy) {
        this.handle = handle;
        this.policy = policy;
    }

    /** One attempt, if it is still under lease; returns whether it was. */
    boolean failOne(String worker, Lease lease, ErrorCode code, String message) {
        String condition = "j.id = :job AND j.attempt = :attempt AND j.worker_id = :worker";
        List<Failed> failed = fail(
                condition,
                WAIT,
                code,
                message,
                query -> query.bind("job", lease.jobId())
                        .bind("attempt", lease.attempt())
                        .bind("worker", worker));
        return !failed.isEmpty();
    }

    /** Attempts of workers whose heartbeats stopped; returns the number. */
    int failLost() {
        String condition = "EXISTS (SELECT FROM workers w WHERE w.id = j.worker_id"
                + " AND (w.state <> 'active' OR w.lease_until < now()))";
        return fail(condition, SKIP, ErrorCode.WORKER_LOST, "the worker stopped sending heartbeats", query -> {})
                .size();
    }

    /** Attempts that run longer than they may; returns the number. */
    int failOverdue() {
        String condition = "j.started_at + j.timeout_seconds * interval '1 second' < now()";
        return fail(condition, SKIP, ErrorCode.TIMEOUT, "the attempt ran longer than its timeout", query -> {})
                .size();
    }

    /** Attempts that the database gave to a worker which does not know of them; returns the number. */
    int releaseUnknown(String worker, Set<Long> known) {
        String condition = "j.worker_id = :worker AND NOT (j.id = ANY (:known))"
                + " AND j.started_at < now() - :lease * interval '1 millisecond'";
        return fail(
                        condition,
                        SKIP,
                        ErrorCode.WORKER_STOPPED,
                        "the worker never received the job",
                        query -> query.bind("worker", worker)
                                .bindArray("known", Long.class, known)
                                .bind("lease", policy.lease().toMillis()))
                .size();
    }

    private List<Failed> fail(
            String condition, String lock, ErrorCode code, String message, Consumer<Query> parameters) {
        Query query = handle.createQuery(
                        Statements.FAIL.replace("<condition>", condition).replace("<skip>", lock))
                .bind("counts", code.countsAsFailure())
                .bind("mayRetry", code.mayRetry())
                .bind("pause", policy.firstPause().toMillis())
                .bind("pauseMax", policy.longestPause().toMillis())
                .bind("code", code.name())
                .bind("category", code.category().wireName())
                .bind("message", message.substring(0, Math.min(message.length(), MESSAGE_LIMIT)))
                .bind("outcome", code.countsAsFailure() ? "failed" : "released");
        parameters.accept(query);
        List<Failed> failed = query.map((row, context) -> new Failed(
                        row.getLong("id"), Rows.batch(row), Rows.lane(row), JobState.parse(row.getString("state"))))
                .list();
        Set<String> lanes = new HashSet<>();
        for (Failed job : failed) {
            if (job.state() == JobState.DEAD) {
                stopBatch(job.batch(), job.id(), code.name() + ": " + message);
            } else if (job.state() == JobState.QUEUED) {
                lanes.add(job.lane().text());
            }
        }
        Notifier.notify(handle, lanes);
        return failed;
    }

    private void stopBatch(BatchId batch, long job, String reason) {
        handle.createUpdate(Statements.STOP_BATCH)
                .bind("chain", batch.chain().value())
                .bind("batch", batch.number())
                .bind("job", job)
                .bind("reason", reason.substring(0, Math.min(reason.length(), MESSAGE_LIMIT)))
                .execute();
    }

    private record Failed(long id, BatchId batch, Lane lane, JobState state) {}
}
