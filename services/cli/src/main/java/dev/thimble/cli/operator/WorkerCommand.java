package dev.thimble.cli.operator;

import dev.thimble.cli.command.Context;
import dev.thimble.cli.command.Outcome;
import dev.thimble.cli.command.Task;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code worker release}. */
@Command(name = "worker", description = "Workers.", subcommands = WorkerCommand.Release.class)
public final class WorkerCommand {
    /** Lets a quarantined worker work again. */
    @Command(name = "release", description = "Let a quarantined worker work again.")
    static final class Release implements Task {
        @Mixin
        private OperatorRun operator = new OperatorRun();

        @Parameters(paramLabel = "NAME", description = "The worker's name, HOST:COMPONENT.")
        private String name = "";

        @Override
        public Outcome run(Context context) {
            return operator.run(context, (actions, status) -> actions.releaseWorker(name));
        }
    }
}
