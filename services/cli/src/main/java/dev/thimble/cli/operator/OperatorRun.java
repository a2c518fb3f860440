package dev.thimble.cli.operator;

import dev.thimble.cli.command.CommandFailure;
import dev.thimble.cli.command.Context;
import dev.thimble.cli.command.Outcome;
import dev.thimble.cli.command.Setting;
import dev.thimble.cli.command.Settings;
import dev.thimble.cli.database.DatabaseAccess;
import dev.thimble.cli.service.ServiceOptions;
import dev.thimble.jobqueue.ActionReport;
import dev.thimble.jobqueue.OperatorActions;
import dev.thimble.jobqueue.QueueStatus;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags of commands that change jobs, and how they are run: dry unless {@code --yes}. */
final class OperatorRun {
    /** What was changed, or would be. */
    record Report(boolean dryRun, int changed, List<Long> ids) {}

    @Mixin
    private ServiceOptions services = new ServiceOptions();

    @Option(names = "--operator", paramLabel = "NAME", description = "Who acts, for the audit.")
    private @Nullable String operatorName;

    @Option(names = "--yes", description = "Do it; without this only say what would be done.")
    private boolean yes;

    @Option(names = "--chain", paramLabel = "ID", description = "The chain, where several have the batch.")
    @Nullable
    Long chain;

    /** Runs one action. */
    Outcome run(Context context, BiFunction<OperatorActions, QueueStatus, ActionReport> action) {
        var given = services.over(context.settings());
        var settings = operatorName == null ? given : given.withFlag(Setting.OPERATOR, operatorName);
        try (var access = DatabaseAccess.existing(context, settings)) {
            var actions = new OperatorActions(access.database(), operator(settings), !yes);
            var done = action.apply(actions, new QueueStatus(access.database()));
            var report = new Report(done.dryRun(), done.changed(), done.ids());
            var verb = report.dryRun() ? "would change " : "changed ";
            var hint = report.dryRun() ? "\nNothing was changed: add --yes to do it." : "";
            return Outcome.done(report, verb + report.changed() + " jobs: " + report.ids() + hint);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.environment("NOT_POSSIBLE", String.valueOf(e.getMessage()), "");
        }
    }

    private static String operator(Settings settings) {
        var given = settings.text(Setting.OPERATOR);
        return given.isEmpty() ? System.getProperty("user.name", "unknown") : given;
    }
}
