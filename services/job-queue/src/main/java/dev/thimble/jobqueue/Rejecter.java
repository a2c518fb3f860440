package dev.thimble.jobqueue;

import dev.thimble.model.ErrorCode;
import dev.thimble.model.JobKey;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Takes back a result that a later stage cannot use: its job is made again, and what had been released by it waits again.
 * If the result was wrong rather than lost, the worker that made it is quarantined.
 */
final class Rejecter {
    private final Handle handle;
    private final RetryPolicy policy;

    Rejecter(Handle handle, RetryPolicy policy) {
        this.handle = handle;
        this.policy = policy;
    }

    boolean reject(String worker, Lease consumer, JobKey producer, String digest, String reason) {
        Optional<Producer> found = lock(producer, digest);
        found.ifPresent(bad -> {
            takeBack(worker, consumer, producer, bad, ErrorCode.FOREIGN_PROOF_REJECTED, reason);
            new Workers(handle, policy).quarantine(bad.worker(), reason);
        });
        return found.isPresent();
    }

    boolean remake(String worker, Lease consumer, JobKey producer, ErrorCode code, String reason) {
        Optional<Producer> found = lock(producer, null);
        found.ifPresent(lost -> takeBack(worker, consumer, producer, lost, code, reason));
        return found.isPresent();
    }

    private void takeBack(String worker, Lease consumer, JobKey producer, Producer bad, ErrorCode code, String reason) {
        if (hasFollowers(bad.id())) {
            throw new IllegalArgumentException("the result of " + producer
                    + " has been built upon; restart the batch from round "
                    + producer.round().wireName());
        }
        reopen(bad, code, reason);
        if (bad.group() != null) {
            waitAgain(bad.group(), worker, consumer, code);
        }
        Notifier.notify(handle, Set.of(new Lane(producer.round(), producer.kind()).text()));
    }

    private Optional<Producer> lock(JobKey key, @Nullable String digest) {
        return handle.createQuery("""
                SELECT id, attempt, worker_id, group_id FROM jobs
                WHERE chain_id = :chain AND batch_number = :batch AND round = :round AND kind = :kind
                    AND circuit = :circuit AND depth = :depth AND sequence = :sequence
                    AND state = 'successful' AND (:digest::text IS NULL OR output_digest = :digest)
                FOR UPDATE
                """)
                .bind("chain", key.batch().chain().value())
                .bind("batch", key.batch().number())
                .bind("round", key.round().number())
                .bind("kind", key.kind().wireName())
                .bind("circuit", key.circuit())
                .bind("depth", key.depth())
                .bind("sequence", key.sequence())
                .bind("digest", digest)
                .map((row, context) -> new Producer(
                        row.getLong("id"),
                        row.getInt("attempt"),
                        row.getString("worker_id"),
                        Rows.number(row, "group_id")))
                .findFirst();
    }

    private boolean hasFollowers(long job) {
        return handle.createQuery("SELECT EXISTS (SELECT FROM jobs j JOIN jobs p ON p.id = :job"
                        + " WHERE j.chain_id = p.chain_id AND j.batch_number = p.batch_number AND j.created_by = :job)")
                .bind("job", job)
                .mapTo(Boolean.class)
                .one();
    }

    private void reopen(Producer bad, ErrorCode code, String reason) {
        handle.createUpdate("""
                UPDATE jobs SET state = 'queued', queued_at = now(), failures = failures + 1, output = NULL,
                    output_digest = NULL, finished_at = NULL, error_code = :code, error_message = :reason
                WHERE id = :job
                """)
                .bind("code", code.name())
                .bind("reason", reason)
                .bind("job", bad.id())
                .execute();
        handle.createUpdate("""
                UPDATE job_attempts SET outcome = 'rejected', error_code = :code, error_category = :category,
                    error_message = :reason
                WHERE job_id = :job AND attempt = :attempt
                """)
                .bind("code", code.name())
                .bind("category", code.category().wireName())
                .bind("reason", reason)
                .bind("job", bad.id())
                .bind("attempt", bad.attempt())
                .execute();
    }

    private void waitAgain(long group, String worker, Lease consumer, ErrorCode code) {
        handle.createUpdate("UPDATE job_groups SET open = open + 1 WHERE id = :group")
                .bind("group", group)
                .execute();
        handle.createUpdate("""
                UPDATE jobs SET state = 'waiting', queued_at = NULL
                WHERE waits_for = :group AND (state IN ('queued', 'retrying')
                    OR (id = :job AND attempt = :attempt AND worker_id = :worker AND state = 'in_progress'))
                """)
                .bind("group", group)
                .bind("job", consumer.jobId())
                .bind("attempt", consumer.attempt())
                .bind("worker", worker)
                .execute();
        handle.createUpdate("""
                UPDATE job_attempts SET outcome = 'released', finished_at = now(), error_code = :code
                WHERE job_id = :job AND attempt = :attempt AND outcome = 'running'
                """)
                .bind("code", code.name())
                .bind("job", consumer.jobId())
                .bind("attempt", consumer.attempt())
                .execute();
    }

    private record Producer(
            long id, int attempt, String worker, @Nullable Long group) {}
}
