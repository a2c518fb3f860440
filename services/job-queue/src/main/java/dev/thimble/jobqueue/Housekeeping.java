package dev.thimble.jobqueue;

import dev.thimble.model.BatchId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Keeps the tables small. A batch is <em>done</em> when all its jobs are successful: what follows a job is created in the
 * transaction that ends it, so nothing will happen to the batch any more, whatever state that is in this build. The jobs
 * of batches that have been done or stopped for long are archived, and what has been archived for long is deleted. The
 * batch itself stays, a row of a few hundred bytes; a stopped one can still be begun again by a restart.
 */
public final class Housekeeping {
    /** Batches to archive: done or stopped for long, and nobody works on them. */
    private static final String OLD = """
            FROM batches b
            WHERE EXISTS (SELECT FROM jobs j WHERE j.chain_id = b.chain_id AND j.batch_number = b.number)
                AND NOT EXISTS (
                    SELECT FROM jobs j WHERE j.chain_id = b.chain_id AND j.batch_number = b.number
                        AND (j.state = 'in_progress' OR (j.state <> 'successful' AND b.state <> 'stopped')))
                AND b.updated_at < now() - interval '1 second'
                    * CASE WHEN b.state = 'stopped' THEN :stopped ELSE :done END
            """;

    private final QueueDatabase database;

    public Housekeeping(QueueDatabase database) {
        this.database = database;
    }

    /**
     * How long things are kept.
     *
     * @param done jobs of batches that are done, before they are archived
     * @param stopped jobs of batches that are stopped, before they are archived
     * @param archived archived jobs and workers that are gone, before they are deleted
     */
    public record Kept(Duration done, Duration stopped, Duration archived) {}

    /**
     * What a run did.
     *
     * @param at when, by the database's clock
     * @param archivedJobs jobs moved to the archive
     * @param deletedJobs jobs deleted from the archive, with their attempts
     * @param deletedWorkers workers that had been gone for long
     */
    public record Report(Instant at, int archivedJobs, int deletedJobs, int deletedWorkers) {}

    /** Archives and deletes what is older than {@code kept}. */
    public Report run(Kept kept) {
        List<BatchId> old = database.transaction(handle -> handle.createQuery(
                        "SELECT b.chain_id, b.number AS batch_number " + OLD + " ORDER BY b.chain_id, b.number")
                .bind("done", kept.done().toSeconds())
                .bind("stopped", kept.stopped().toSeconds())
                .map((row, context) -> Rows.batch(row))
                .list());
        int archived = 0;
        for (BatchId batch : old) {
            archived += database.transaction(handle -> archive(handle, batch, kept));
        }
        int jobs = database.transaction(handle -> deleteJobs(handle, kept.archived()));
        int workers = database.transaction(handle -> deleteWorkers(handle, kept.archived()));
        Instant at = database.transaction(handle ->
                handle.createQuery("SELECT now()").mapTo(Instant.class).one());
        return new Report(at, archived, jobs, workers);
    }

    /** Whether a batch is known and its jobs were archived. */
    public boolean isArchived(BatchId batch) {
        return database.transaction(handle -> handle.createQuery("""
                SELECT EXISTS (SELECT FROM batches WHERE chain_id = :chain AND number = :batch)
                    AND NOT EXISTS (SELECT FROM jobs WHERE chain_id = :chain AND batch_number = :batch)
                """)
                .bind("chain", batch.chain().value())
                .bind("batch", batch.number())
                .mapTo(Boolean.class)
                .one());
    }

    /** Archives one batch's jobs, unless somebody has begun to do something with them since they were looked at. */
    private static int archive(Handle handle, BatchId batch, Kept kept) {
        handle.createQuery(
                        "SELECT id FROM jobs WHERE chain_id = :chain AND batch_number = :batch ORDER BY id FOR UPDATE")
                .bind("chain", batch.chain().value())
                .bind("batch", batch.number())
                .mapTo(Long.class)
                .list();
        int archived = handle.createUpdate("WITH old AS (SELECT b.chain_id, b.number, b.state " + OLD + """
                    AND b.chain_id = :chain AND b.number = :batch),
                gone AS (
                    DELETE FROM jobs j USING old WHERE j.chain_id = old.chain_id AND j.batch_number = old.number
                    RETURNING j.*)
                INSERT INTO jobs_archive
                SELECT gone.*, now(), CASE WHEN old.state = 'stopped' THEN 'stopped' ELSE 'done' END FROM gone, old
                """)
                .bind("done", kept.done().toSeconds())
                .bind("stopped", kept.stopped().toSeconds())
                .bind("chain", batch.chain().value())
                .bind("batch", batch.number())
                .execute();
        if (archived > 0) {
            handle.createUpdate("DELETE FROM job_groups WHERE chain_id = :chain AND batch_number = :batch")
                    .bind("chain", batch.chain().value())
                    .bind("batch", batch.number())
                    .execute();
        }
        return archived;
    }

    private static int deleteJobs(Handle handle, Duration age) {
        handle.createUpdate("""
                DELETE FROM job_attempts WHERE job_id IN (
                    SELECT id FROM jobs_archive WHERE archived_at < now() - :age * interval '1 second')
                """).bind("age", age.toSeconds()).execute();
        return handle.createUpdate("DELETE FROM jobs_archive WHERE archived_at < now() - :age * interval '1 second'")
                .bind("age", age.toSeconds())
                .execute();
    }

    private static int deleteWorkers(Handle handle, Duration age) {
        return handle.createUpdate("""
                DELETE FROM workers w WHERE w.state IN ('stopped', 'lost')
                    AND w.last_seen < now() - :age * interval '1 second'
                    AND NOT EXISTS (SELECT FROM jobs j WHERE j.worker_id = w.id AND j.state = 'in_progress')
                """).bind("age", age.toSeconds()).execute();
    }
}
