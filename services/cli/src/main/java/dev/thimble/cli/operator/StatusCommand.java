package dev.thimble.cli.operator;

import dev.thimble.cli.command.CommandFailure;
import dev.thimble.cli.command.Context;
import dev.thimble.cli.command.ExitCode;
import dev.thimble.cli.command.Outcome;
import dev.thimble.cli.command.Setting;
import dev.thimble.cli.command.Settings;
import dev.thimble.cli.command.Task;
import dev.thimble.cli.command.Terminal;
import dev.thimble.cli.database.DatabaseAccess;
import dev.thimble.cli.service.ServiceOptions;
import dev.thimble.jobqueue.QueueDatabase;
import dev.thimble.jobqueue.QueueStatus;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code status prover}. */
@Command(name = "status", description = "State of the parts.", subcommands = StatusCommand.Prover.class)
public final class StatusCommand {
    /** Batches, proofs and workers. */
    @Command(name = "prover", description = "Show batches, proofs and workers.")
    static final class Prover implements Task {
        private static final long WATCH_MILLIS = 1_000;

        @Mixin
        private ServiceOptions services = new ServiceOptions();

        @Option(names = "--l1-rpc-url", paramLabel = "URL", description = "The L1 node; default: that of init --l1.")
        private @Nullable String l1RpcUrl;

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
            var settings = services.over(context.settings())
                    .withFlags(Map.of(Setting.L1_RPC_URL, Optional.ofNullable(l1RpcUrl)));
            try (var access = DatabaseAccess.existing(context, settings)) {
                var report = ProverStatus.read(access.database(), settings, chain, batch);
                check(report, access.database());
                if (watch) {
                    watch(context.terminal(), access.database(), settings);
                }
                var exitCode = report.isNegative() ? ExitCode.NEGATIVE : ExitCode.DONE;
                return new Outcome(exitCode, report, ProverStatusText.of(report));
            }
        }

        /** There is something of what was asked for, and of one chain only. */
        private void check(ProverStatus report, QueueDatabase database) {
            var wanted = chain;
            if (wanted != null && report.chains().isEmpty()) {
                throw CommandFailure.environment(
                        "UNKNOWN_CHAIN",
                        "there is no chain " + wanted,
                        "thimble status prover without --chain lists all.");
            }
            var number = batch;
            long having = report.chains().stream()
                    .filter(found -> !found.batches().isEmpty())
                    .count();
            if (number != null && having != 1) {
                BatchLookup.find(new QueueStatus(database), number, wanted);
            }
        }

        /** Never returns: the user interrupts it. */
        private void watch(Terminal terminal, QueueDatabase database, Settings settings) throws InterruptedException {
            var shown = "";
            while (true) {
                var text = ProverStatusText.of(ProverStatus.read(database, settings, chain, batch));
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
