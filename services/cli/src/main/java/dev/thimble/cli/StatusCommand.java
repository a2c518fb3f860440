package dev.thimble.cli;

import dev.thimble.jobqueue.QueueStatus;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code status prover}. */
@Command(name = "status", description = "State of the parts.", subcommands = StatusCommand.Prover.class)
final class StatusCommand {
    /** Batches, proofs and workers. */
    @Command(name = "prover", description = "Show batches, proofs and workers.")
    static final class Prover implements Task {
        private static final long WATCH_MILLIS = 1_000;

        @Mixin
        private ServiceOptions services = new ServiceOptions();

        @Option(names = "--chain", paramLabel = "ID", description = "Only this chain.")
        private @Nullable Long chain;

        @Option(names = "--batch", paramLabel = "N", description = "Only this batch.")
        private @Nullable Long batch;

        @Option(names = "--watch", description = "Show it again whenever it changes, until interrupted.")
        private boolean watch;

        @Override
        public Outcome run(Context context) throws InterruptedException {
            if (watch && context.results().isJson()) {
                throw CommandFailure.usage(
                        "--watch has no end and so no JSON object", "Give one of --watch and --json.");
            }
            try (var access = DatabaseAccess.existing(context, services.over(context.settings()))) {
                var status = new QueueStatus(access.database());
                check(status);
                if (watch) {
                    watch(context.terminal(), status);
                }
                var report = ProverStatus.read(status, chain, batch);
                var exitCode = report.isNegative() ? ExitCode.NEGATIVE : ExitCode.DONE;
                return new Outcome(exitCode, report, ProverStatusText.of(report));
            }
        }

        private void check(QueueStatus status) {
            var wanted = chain;
            if (wanted != null && status.chains().stream().noneMatch(known -> known.value() == wanted)) {
                throw CommandFailure.environment(
                        "UNKNOWN_CHAIN",
                        "there is no chain " + wanted,
                        "thimble status prover without --chain lists all.");
            }
            var number = batch;
            if (number != null) {
                BatchLookup.find(status, number, wanted);
            }
        }

        /** Never returns: the user interrupts it. */
        private void watch(Terminal terminal, QueueStatus status) throws InterruptedException {
            var shown = "";
            while (true) {
                var text = ProverStatusText.of(ProverStatus.read(status, chain, batch));
                if (!text.equals(shown)) {
                    terminal.out().println((terminal.interactive() ? "\u001b[H\u001b[2J" : "") + text + "\n");
                    terminal.out().flush();
                    shown = text;
                }
                Thread.sleep(WATCH_MILLIS);
            }
        }
    }
}
