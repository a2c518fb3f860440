package dev.thimble.jobqueue;

import java.time.Duration;

/** Keeps the tables small: what is done for long is archived, what is archived for long is deleted. */
public final class Housekeeping {
    private final QueueDatabase database;

    public Housekeeping(QueueDatabase database) {
        this.database = database;
    }

    /**
     * What a run did.
     *
     * @param archivedJobs jobs moved to the archive
     * @param deletedJobs jobs deleted from the archive, with their attempts
     * @param deletedWorkers workers that had been gone for long
     */
    public record Report(int archivedJobs, int deletedJobs, int deletedWorkers) {}

    /**
     * Archives the jobs of batches that have been proven or executed for {@code archiveAfter}, and deletes what has been
     * archived for {@code deleteAfter}.
     */
    public Report run(Duration archiveAfter, Duration deleteAfter) {
        return database.transaction(handle -> {
            int archived = handle.createUpdate("""
                    WITH gone AS (
                        DELETE FROM jobs j USING batches b
                        WHERE b.chain_id = j.chain_id AND b.number = j.batch_number
                            AND b.state IN ('proven', 'executed')
                            AND b.updated_at < now() - :age * interval '1 second'
                        RETURNING j.*)
                    INSERT INTO jobs_archive SELECT gone.*, now(), 'done' FROM gone
                    """)
                    .bind("age", archiveAfter.toSeconds())
                    .execute();
            handle.createUpdate("""
                    DELETE FROM job_attempts WHERE job_id IN (
                        SELECT id FROM jobs_archive WHERE archived_at < now() - :age * interval '1 second')
                    """).bind("age", deleteAfter.toSeconds()).execute();
            int deleted = handle.createUpdate(
                            "DELETE FROM jobs_archive WHERE archived_at < now() - :age * interval '1 second'")
                    .bind("age", deleteAfter.toSeconds())
                    .execute();
            int workers = handle.createUpdate("""
                    DELETE FROM workers w WHERE w.state IN ('stopped', 'lost')
                        AND w.last_seen < now() - :age * interval '1 second'
                        AND NOT EXISTS (SELECT FROM jobs j WHERE j.worker_id = w.id AND j.state = 'in_progress')
                    """)
                    .bind("age", deleteAfter.toSeconds())
                    .execute();
            return new Report(archived, deleted, workers);
        });
    }
}
