package dev.thimble.jobqueue;

import dev.thimble.model.BatchId;
import dev.thimble.model.Round;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * What operators change. Each action is one transaction. A dry run does all of it and takes it back, so that it reports
 * exactly what would happen. Every action, dry or not, is written down with its operator.
 */
public final class OperatorActions {
    private final QueueDatabase database;
    private final String operator;
    private final boolean dryRun;

    /**
     * @param operator who acts
     * @param dryRun whether only to report
     */
    public OperatorActions(QueueDatabase database, String operator, boolean dryRun) {
        this.database = database;
        this.operator = operator;
        this.dryRun = dryRun;
    }

    /** Queues dead, cancelled and resting jobs again, with all their attempts before them. */
    public ActionReport requeue(List<Long> jobs) {
        return act("requeue", "jobs " + jobs, handle -> new OperatorStatements(handle, operator).requeue(jobs));
    }

    /** {@link #requeue(List)} of all jobs of a batch. */
    public ActionReport requeue(BatchId batch) {
        return act("requeue", "batch " + batch, handle -> {
            OperatorStatements statements = new OperatorStatements(handle, operator);
            return statements.requeue(statements.jobsOf(batch));
        });
    }

    /** Takes jobs out that are not done; their batches stop. */
    public ActionReport cancel(List<Long> jobs) {
        return act("cancel", "jobs " + jobs, handle -> new OperatorStatements(handle, operator).cancel(jobs));
    }

    /** {@link #cancel(List)} of all jobs of a batch. */
    public ActionReport cancel(BatchId batch) {
        return act("cancel", "batch " + batch, handle -> {
            OperatorStatements statements = new OperatorStatements(handle, operator);
            return statements.cancel(statements.jobsOf(batch));
        });
    }

    /**
     * Does a batch again from a round on: jobs that were created by the round or by later ones are archived, those that
     * begin the round are queued again.
     *
     * @throws IllegalArgumentException if the batch has no jobs of that round
     */
    public ActionReport restart(BatchId batch, Round from) {
        return act(
                "restart",
                "batch " + batch + " from " + from.wireName(),
                handle -> new Restart(handle, batch, from, operator).run());
    }

    /** Sets the priority of a batch and of its jobs that are not done. */
    public ActionReport priority(BatchId batch, int priority) {
        return act(
                "priority",
                "batch " + batch + " to " + priority,
                handle -> new OperatorStatements(handle, operator).priority(batch, priority));
    }

    /** Lets a quarantined worker work again; the report has no jobs. */
    public ActionReport releaseWorker(String name) {
        return act("release-worker", name, handle -> {
            int rows = handle.createUpdate(
                            "UPDATE workers SET state = 'stopped' WHERE name = :name AND state = 'quarantined'")
                    .bind("name", name)
                    .execute();
            if (rows == 0) {
                throw new IllegalArgumentException("no worker named " + name + " is quarantined");
            }
            return List.of();
        });
    }

    private ActionReport act(String action, String arguments, Function<Handle, List<Long>> work) {
        return database.transaction(handle -> {
            handle.execute("SAVEPOINT before_action");
            List<Long> ids = work.apply(handle);
            if (dryRun) {
                handle.execute("ROLLBACK TO SAVEPOINT before_action");
            }
            handle.createUpdate("""
                    INSERT INTO operator_actions (operator, action, arguments, dry_run, changed, job_ids)
                    VALUES (:operator, :action, :arguments, :dryRun, :changed, :ids)
                    """)
                    .bind("operator", operator)
                    .bind("action", action)
                    .bind("arguments", arguments)
                    .bind("dryRun", dryRun)
                    .bind("changed", ids.size())
                    .bindArray("ids", Long.class, ids)
                    .execute();
            return new ActionReport(dryRun, ids.size(), ids);
        });
    }
}
