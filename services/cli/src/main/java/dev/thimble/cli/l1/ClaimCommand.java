package dev.thimble.cli.l1;

import dev.thimble.cli.command.CommandFailure;
import dev.thimble.cli.command.Context;
import dev.thimble.cli.command.Outcome;
import dev.thimble.cli.command.Task;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code claim --index N}: takes a withdrawal on L1 for its recipient, whoever sends it. */
@Command(name = "claim", description = "Take a withdrawal on L1 once its batch is executed.")
public final class ClaimCommand implements Task {
    @Option(names = "--index", required = true, paramLabel = "N", description = "Which withdrawal, as withdraw said.")
    private long index;

    @Option(names = "--wait-seconds", paramLabel = "N", description = "How long to wait; default: ${DEFAULT-VALUE}.")
    private long seconds = 1;

    @Mixin
    private L1Options options = new L1Options();

    @Override
    public Outcome run(Context context) throws Exception {
        if (index < 0 || index >= 1L << 32) {
            throw CommandFailure.usage("--index " + index + " is no number of a withdrawal", "");
        }
        options.over(context);
        try (var progress = context.terminal().progress()) {
            var hash = Arrival.withNodes(() -> Claim.of(index, options, progress, WaitFlags.patience(seconds)));
            var report = new MessageReport(hash.orElse(""), index, "paid");
            return Outcome.done(report, report.text());
        }
    }
}
