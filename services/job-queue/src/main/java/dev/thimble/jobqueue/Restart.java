package dev.thimble.jobqueue;

import dev.thimble.model.BatchId;
import dev.thimble.model.BatchState;
import dev.thimble.model.Round;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/**
 * Does a batch again from a round on. A job of that round or a later one <em>begins</em> it if it was created with the
 * batch or by a job of an earlier round: it is kept and queued again. All others follow from these and are archived, with
 * the groups they created. A batch whose jobs were archived is begun with a fresh first job.
 */
final class Restart {
    private final Handle handle;
    private final BatchId batch;
    private final Round from;
    private final String operator;

    Restart(Handle handle, BatchId batch, Round from, String operator) {
        this.handle = handle;
        this.batch = batch;
        this.from = from;
        this.operator = operator;
    }

    /** The jobs that were archived or queued again. */
    List<Long> run() {
        OperatorStatements statements = new OperatorStatements(handle, operator);
        statements.requireBatch(batch);
        lockJobs();
        List<Long> roots = roots();
        if (roots.isEmpty()) {
            roots = beginAnew();
        }
        List<Long> archived = archive(roots);
        removeGroups(roots, archived);
        recount();
        reset(roots);
        resetBatch();
        statements.unblock(batch);
        List<Long> changed = new ArrayList<>(archived);
        changed.addAll(roots);
        changed.sort(null);
        return changed;
    }

    private Query query(String sql) {
        return handle.createQuery(sql).bind("chain", batch.chain().value()).bind("batch", batch.number());
    }

    private Update update(String sql) {
        return handle.createUpdate(sql).bind("chain", batch.chain().value()).bind("batch", batch.number());
    }

    private void lockJobs() {
        query("SELECT id FROM jobs WHERE chain_id = :chain AND batch_number = :batch ORDER BY id FOR UPDATE")
                .mapTo(Long.class)
                .list();
    }

    private List<Long> roots() {
        return query("""
                SELECT j.id FROM jobs j LEFT JOIN jobs c ON c.id = j.created_by
                WHERE j.chain_id = :chain AND j.batch_number = :batch AND j.round >= :from
                    AND (c.id IS NULL OR c.round < :from)
                ORDER BY j.id
                """).bind("from", from.number()).mapTo(Long.class).list();
    }

    private List<Long> beginAnew() {
        boolean archived = query(
                        "SELECT NOT EXISTS (SELECT FROM jobs WHERE chain_id = :chain AND batch_number = :batch)")
                .mapTo(Boolean.class)
                .one();
        if (from != Round.BASIC_CIRCUITS || !archived) {
            throw new IllegalArgumentException("batch " + batch + " has no jobs of round " + from.wireName());
        }
        new Planner(handle, batch, null, null).create(BasicCircuitsPlan.start(batch));
        return roots();
    }

    private List<Long> archive(List<Long> roots) {
        cancelAttempts();
        return query("""
                WITH gone AS (
                    DELETE FROM jobs
                    WHERE chain_id = :chain AND batch_number = :batch AND round >= :from AND NOT (id = ANY (:roots))
                    RETURNING *),
                kept AS (INSERT INTO jobs_archive SELECT gone.*, now(), 'restart from ' || :round FROM gone)
                SELECT id FROM gone ORDER BY id
                """)
                .bind("from", from.number())
                .bind("round", from.wireName())
                .bindArray("roots", Long.class, roots)
                .mapTo(Long.class)
                .list();
    }

    private void cancelAttempts() {
        update("""
                UPDATE job_attempts a SET outcome = 'cancelled', finished_at = now()
                FROM jobs j
                WHERE j.chain_id = :chain AND j.batch_number = :batch AND j.round >= :from
                    AND a.job_id = j.id AND a.attempt = j.attempt AND a.outcome = 'running'
                """).bind("from", from.number()).execute();
    }

    private void removeGroups(List<Long> roots, List<Long> archived) {
        Set<Long> creators = new HashSet<>(roots);
        creators.addAll(archived);
        update("""
                DELETE FROM job_groups
                WHERE chain_id = :chain AND batch_number = :batch AND created_by = ANY (:creators)
                """).bindArray("creators", Long.class, creators).execute();
    }

    /** Puts the roots among the open members of their groups. */
    private void reset(List<Long> roots) {
        List<Lane> lanes = query("""
                WITH reset AS (
                    UPDATE jobs j SET
                        state = CASE WHEN g.open > 0 THEN 'waiting' ELSE 'queued' END,
                        queued_at = CASE WHEN g.open > 0 THEN NULL ELSE now() END,
                        failures = 0, output = NULL, output_digest = NULL, finished_at = NULL
                    FROM jobs k LEFT JOIN job_groups g ON g.id = k.waits_for
                    WHERE k.id = j.id AND j.id = ANY (:roots) AND j.chain_id = :chain AND j.batch_number = :batch
                    RETURNING j.round, j.kind, j.state)
                SELECT DISTINCT round, kind FROM reset WHERE state = 'queued'
                """)
                .bindArray("roots", Long.class, roots)
                .map((row, context) -> Rows.lane(row))
                .list();
        Set<String> texts = new HashSet<>();
        lanes.forEach(lane -> texts.add(lane.text()));
        Notifier.notify(handle, texts);
    }

    /** Counts the open members of each group anew: those of earlier rounds that are not done, and all of later ones. */
    private void recount() {
        update("""
                UPDATE job_groups g SET open = (
                    SELECT count(*) FROM jobs j
                    WHERE j.group_id = g.id AND (j.round >= :from OR j.state <> 'successful'))
                WHERE g.chain_id = :chain AND g.batch_number = :batch
                """).bind("from", from.number()).execute();
    }

    private void resetBatch() {
        BatchState state = from == Round.BASIC_CIRCUITS ? BatchState.SEALED : BatchState.AGGREGATING;
        update("""
                UPDATE batches SET
                    resume_state = CASE WHEN state = 'stopped' THEN :state END,
                    state = CASE WHEN state = 'stopped' THEN state ELSE :state END,
                    updated_at = now()
                WHERE chain_id = :chain AND number = :batch
                """).bind("state", state.wireName()).execute();
    }
}
