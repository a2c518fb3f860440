package dev.thimble.cli.operator;

import dev.thimble.cli.command.CommandFailure;
import dev.thimble.cli.command.Context;
import dev.thimble.cli.command.Outcome;
import dev.thimble.cli.command.Task;
import dev.thimble.cli.database.DatabaseAccess;
import dev.thimble.cli.service.ServiceOptions;
import dev.thimble.jobqueue.ActionReport;
import dev.thimble.jobqueue.JobView;
import dev.thimble.jobqueue.OperatorActions;
import dev.thimble.jobqueue.QueueStatus;
import dev.thimble.model.BatchId;
import dev.thimble.model.JobState;
import dev.thimble.model.Round;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code job list|show|requeue|cancel}. */
@Command(
        name = "job",
        description = "Jobs of the queue.",
        subcommands = {
            JobCommand.ListJobs.class,
            JobCommand.Show.class,
            JobCommand.Requeue.class,
            JobCommand.Cancel.class
        })
public final class JobCommand {
    record ListReport(List<JobRow> jobs) {}

    record Attempt(
            int number,
            String worker,
            String started,
            @Nullable String finished,
            String outcome,
            @Nullable String errorCode,
            @Nullable String errorCategory,
            @Nullable String error) {
        static Attempt of(JobView.Attempt attempt) {
            var finished = attempt.finished();
            return new Attempt(
                    attempt.number(),
                    attempt.worker(),
                    attempt.started().toString(),
                    finished == null ? null : finished.toString(),
                    attempt.outcome(),
                    attempt.errorCode(),
                    attempt.errorCategory(),
                    attempt.error());
        }

        String line() {
            var reason = errorCode == null ? "" : "  " + errorCode + " (" + errorCategory + "): " + error;
            return String.format(Locale.ROOT, "  %2d %-10s %s by %s%s", number, outcome, started, worker, reason);
        }
    }

    record ShowReport(JobRow job, List<String> output, List<Attempt> history) {}

    /** Lists jobs. */
    @Command(name = "list", description = "List jobs.")
    static final class ListJobs implements Task {
        @Mixin
        private ServiceOptions services = new ServiceOptions();

        @Option(names = "--chain", paramLabel = "ID", description = "Only of this chain.")
        private @Nullable Long chain;

        @Option(names = "--batch", paramLabel = "N", description = "Only of this batch.")
        private @Nullable Long batch;

        @Option(names = "--state", paramLabel = "STATE", description = "Only in this state.")
        private @Nullable String state;

        @Option(names = "--round", paramLabel = "ROUND", description = "Only of this round.")
        private @Nullable String round;

        @Option(names = "--limit", paramLabel = "N", description = "At most so many (default: 1000).")
        private int limit = 1000;

        @Override
        public Outcome run(Context context) {
            var filter = filter();
            try (var access = DatabaseAccess.existing(context, services.over(context.settings()))) {
                var rows = new QueueStatus(access.database())
                        .jobs(filter).stream().map(JobRow::of).toList();
                var lines = new ArrayList<String>();
                lines.add(JobRow.heading());
                rows.forEach(row -> lines.add(row.line()));
                return Outcome.done(new ListReport(rows), String.join("\n", lines));
            }
        }

        private JobView.Filter filter() {
            try {
                return new JobView.Filter(
                        chain,
                        batch,
                        state == null ? null : JobState.parse(state),
                        round == null ? null : Round.parse(round),
                        limit);
            } catch (IllegalArgumentException e) {
                throw CommandFailure.usage(String.valueOf(e.getMessage()), "");
            }
        }
    }

    /** Shows a job with its history. */
    @Command(name = "show", description = "Show a job with all its attempts.")
    static final class Show implements Task {
        @Mixin
        private ServiceOptions services = new ServiceOptions();

        @Parameters(paramLabel = "ID", description = "The job's number.")
        private long id;

        @Override
        public Outcome run(Context context) {
            try (var access = DatabaseAccess.existing(context, services.over(context.settings()))) {
                var status = new QueueStatus(access.database());
                var job = status.job(id)
                        .orElseThrow(() -> CommandFailure.environment(
                                "UNKNOWN_JOB", "there is no job " + id, "thimble job list lists jobs."));
                var history = status.history(id).stream().map(Attempt::of).toList();
                var report = new ShowReport(JobRow.of(job), job.output(), history);
                var lines = new ArrayList<String>();
                lines.add(JobRow.heading());
                lines.add(report.job().line());
                history.forEach(attempt -> lines.add(attempt.line()));
                return Outcome.done(report, String.join("\n", lines));
            }
        }
    }

    /** An action on chosen jobs: some by number, or all of a batch. */
    abstract static class Action implements Task {
        @Mixin
        private OperatorRun operator = new OperatorRun();

        @Parameters(arity = "0..*", paramLabel = "ID", description = "Jobs by number.")
        private List<Long> ids = new ArrayList<>();

        @Option(names = "--batch", paramLabel = "N", description = "All jobs of a batch.")
        private @Nullable Long batch;

        abstract ActionReport onJobs(OperatorActions actions, List<Long> jobs);

        abstract ActionReport onBatch(OperatorActions actions, BatchId all);

        @Override
        public Outcome run(Context context) {
            var number = batch;
            if (ids.isEmpty() == (number == null)) {
                throw CommandFailure.usage("give either job numbers or --batch", "");
            }
            return operator.run(
                    context,
                    (actions, status) -> number == null
                            ? onJobs(actions, ids)
                            : onBatch(actions, BatchLookup.find(status, number, operator.chain)));
        }
    }

    /** Queues dead, cancelled and resting jobs again. */
    @Command(name = "requeue", description = "Queue dead, cancelled and resting jobs again.")
    static final class Requeue extends Action {
        @Override
        ActionReport onJobs(OperatorActions actions, List<Long> jobs) {
            return actions.requeue(jobs);
        }

        @Override
        ActionReport onBatch(OperatorActions actions, BatchId all) {
            return actions.requeue(all);
        }
    }

    /** Takes jobs out that are not done. */
    @Command(name = "cancel", description = "Take jobs out that are not done; their batches stop.")
    static final class Cancel extends Action {
        @Override
        ActionReport onJobs(OperatorActions actions, List<Long> jobs) {
            return actions.cancel(jobs);
        }

        @Override
        ActionReport onBatch(OperatorActions actions, BatchId all) {
            return actions.cancel(all);
        }
    }
}
