package dev.thimble.jobqueue;

import dev.thimble.model.BatchId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The operators' simple actions, in the caller's transaction; each gives the jobs it changed. */
final class OperatorStatements {
    private final Handle handle;
    private final String operator;

    OperatorStatements(Handle handle, String operator) {
        this.handle = handle;
        this.operator = operator;
    }

    List<Long> jobsOf(BatchId batch) {
        requireBatch(batch);
        return handle.createQuery("SELECT id FROM jobs WHERE chain_id = :chain AND batch_number = :batch ORDER BY id")
                .bind("chain", batch.chain().value())
                .bind("batch", batch.number())
                .mapTo(Long.class)
                .list();
    }

    void requireBatch(BatchId batch) {
        int found = handle.createQuery(
                        "SELECT number FROM batches WHERE chain_id = :chain AND number = :batch FOR UPDATE")
                .bind("chain", batch.chain().value())
                .bind("batch", batch.number())
                .mapTo(Long.class)
                .list()
                .size();
        if (found == 0) {
            throw new IllegalArgumentException("there is no batch " + batch);
        }
    }

    List<Long> requeue(List<Long> jobs) {
        List<Changed> changed = handle.createQuery("""
                UPDATE jobs j SET
                    state = CASE WHEN g.open > 0 THEN 'waiting' ELSE 'queued' END,
                    queued_at = CASE WHEN g.open > 0 THEN NULL ELSE now() END,
                    failures = 0, finished_at = NULL
                FROM jobs k LEFT JOIN job_groups g ON g.id = k.waits_for
                WHERE k.id = j.id AND j.id = ANY (:jobs) AND j.state IN ('dead', 'cancelled', 'retrying')
                RETURNING j.id, j.chain_id, j.batch_number, j.round, j.kind, j.state
                """)
                .bindArray("jobs", Long.class, jobs)
                .map((row, context) -> new Changed(
                        row.getLong("id"),
                        Rows.batch(row),
                        Rows.lane(row).text(),
                        row.getString("state").equals("queued")))
                .list();
        Set<String> lanes = new HashSet<>();
        Set<BatchId> batches = new HashSet<>();
        for (Changed job : changed) {
            batches.add(job.batch());
            if (job.queued()) {
                lanes.add(job.lane());
            }
        }
        batches.forEach(this::unblock);
        Notifier.notify(handle, lanes);
        return changed.stream().map(Changed::id).sorted().toList();
    }

    /** Lets a batch go on from where it was stopped if none of its jobs is dead or cancelled any more. */
    void unblock(BatchId batch) {
        handle.createUpdate("""
                WITH blocker AS (
                    SELECT id, coalesce(error_message, state) AS reason FROM jobs
                    WHERE chain_id = :chain AND batch_number = :batch AND state IN ('dead', 'cancelled')
                    ORDER BY id LIMIT 1)
                UPDATE batches SET
                    state = CASE WHEN EXISTS (SELECT FROM blocker) THEN state ELSE resume_state END,
                    resume_state = CASE WHEN EXISTS (SELECT FROM blocker) THEN resume_state END,
                    blocked_by = (SELECT id FROM blocker),
                    blocked_reason = (SELECT reason FROM blocker),
                    updated_at = now()
                WHERE chain_id = :chain AND number = :batch AND state = 'stopped'
                """)
                .bind("chain", batch.chain().value())
                .bind("batch", batch.number())
                .execute();
    }

    List<Long> cancel(List<Long> jobs) {
        List<Changed> changed = handle.createQuery("""
                WITH cancelled AS (
                    UPDATE jobs SET state = 'cancelled', finished_at = now()
                    WHERE id = ANY (:jobs) AND state IN ('waiting', 'queued', 'in_progress', 'retrying', 'dead')
                    RETURNING id, attempt, chain_id, batch_number, round, kind),
                history AS (
                    UPDATE job_attempts a SET outcome = 'cancelled', finished_at = now()
                    FROM cancelled c
                    WHERE a.job_id = c.id AND a.attempt = c.attempt AND a.outcome = 'running')
                SELECT id, chain_id, batch_number, round, kind FROM cancelled ORDER BY id
                """)
                .bindArray("jobs", Long.class, jobs)
                .map((row, context) -> new Changed(
                        row.getLong("id"), Rows.batch(row), Rows.lane(row).text(), false))
                .list();
        for (Changed job : changed) {
            handle.createUpdate(Statements.STOP_BATCH)
                    .bind("chain", job.batch().chain().value())
                    .bind("batch", job.batch().number())
                    .bind("job", job.id())
                    .bind("reason", "cancelled by " + operator)
                    .execute();
        }
        return changed.stream().map(Changed::id).toList();
    }

    List<Long> priority(BatchId batch, int priority) {
        requireBatch(batch);
        handle.createUpdate("UPDATE batches SET priority = :priority, updated_at = now()"
                        + " WHERE chain_id = :chain AND number = :batch")
                .bind("priority", priority)
                .bind("chain", batch.chain().value())
                .bind("batch", batch.number())
                .execute();
        return handle.createQuery("""
                UPDATE jobs SET priority = :priority
                WHERE chain_id = :chain AND batch_number = :batch AND priority <> :priority
                    AND state NOT IN ('successful', 'cancelled', 'dead')
                RETURNING id
                """)
                .bind("priority", priority)
                .bind("chain", batch.chain().value())
                .bind("batch", batch.number())
                .mapTo(Long.class)
                .list();
    }

    private record Changed(long id, BatchId batch, String lane, boolean queued) {}
}
