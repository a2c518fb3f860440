package dev.thimble.cli.operator;

import dev.thimble.cli.command.CommandFailure;
import dev.thimble.cli.command.Context;
import dev.thimble.cli.command.MissingCommand;
import dev.thimble.cli.command.Outcome;
import dev.thimble.cli.command.Task;
import dev.thimble.model.Round;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code batch restart|priority|proof}. */
@Command(
        name = "batch",
        description = "Batches of the queue.",
        subcommands = {BatchCommand.Restart.class, BatchCommand.Priority.class, MissingCommand.BatchProof.class})
public final class BatchCommand {
    /** Does a batch again from a round on. */
    @Command(name = "restart", description = "Do a batch again from a round on.")
    static final class Restart implements Task {
        @Mixin
        private OperatorRun operator = new OperatorRun();

        @Parameters(paramLabel = "N", description = "The batch.")
        private long number;

        @Option(names = "--from", required = true, paramLabel = "ROUND", description = "The first round to do again.")
        private String from = "";

        @Override
        public Outcome run(Context context) {
            var round = round(from);
            return operator.run(
                    context,
                    (actions, status) -> actions.restart(BatchLookup.find(status, number, operator.chain), round));
        }

        private static Round round(String text) {
            try {
                return Round.parse(text);
            } catch (IllegalArgumentException e) {
                throw CommandFailure.usage(String.valueOf(e.getMessage()), "");
            }
        }
    }

    /** Sets a batch's priority. */
    @Command(name = "priority", description = "Set the priority of a batch and of its jobs that are not done.")
    static final class Priority implements Task {
        @Mixin
        private OperatorRun operator = new OperatorRun();

        @Parameters(index = "0", paramLabel = "N", description = "The batch.")
        private long number;

        @Parameters(index = "1", paramLabel = "P", description = "Higher comes first; 0 is the default.")
        private int priority;

        @Override
        public Outcome run(Context context) {
            return operator.run(
                    context,
                    (actions, status) -> actions.priority(BatchLookup.find(status, number, operator.chain), priority));
        }
    }
}
