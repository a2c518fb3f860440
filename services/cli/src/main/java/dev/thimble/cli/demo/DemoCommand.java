package dev.thimble.cli.demo;

import dev.thimble.cli.command.CommandFailure;
import dev.thimble.cli.command.Context;
import dev.thimble.cli.command.ExitCode;
import dev.thimble.cli.command.Outcome;
import dev.thimble.cli.command.Progress;
import dev.thimble.cli.command.RunLock;
import dev.thimble.cli.command.Setting;
import dev.thimble.cli.command.Settings;
import dev.thimble.cli.command.StopSignal;
import dev.thimble.cli.command.Task;
import dev.thimble.cli.database.KeptPorts;
import dev.thimble.cli.database.PortClaims;
import dev.thimble.cli.operator.ProverStatus;
import dev.thimble.cli.operator.ProverStatusText;
import dev.thimble.cli.proving.ProvingOptions;
import dev.thimble.cli.service.Ensemble;
import dev.thimble.cli.service.ServerFlags;
import dev.thimble.cli.service.ServerSettings;
import dev.thimble.cli.service.ServiceCommand;
import dev.thimble.cli.service.ServiceOptions;
import dev.thimble.cli.service.Station;
import dev.thimble.model.BatchState;
import dev.thimble.model.Round;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code demo}: a chain of our own, real signed transactions, their batches through the queue to the best this build has. */
@Command(name = "demo", description = "Prove the batches of real transactions on a chain of our own.")
public final class DemoCommand implements Task {
    private static final String BATCH_BLOCKS = "5";
    private static final String BATCH_SECONDS = "2";
    private static final String COMMAND = "demo";

    /** What happened; {@code l1} is empty while no L1 is in this build. */
    record Report(
            String result,
            List<DemoTransactions.Mined> transactions,
            List<DemoBatches.Batch> batches,
            Map<String, Integer> proofs,
            Map<String, Double> seconds,
            @Nullable String l1,
            Map<String, String> urls) {}

    @Mixin
    private ProvingOptions proving = new ProvingOptions();

    @Mixin
    private ServiceOptions services = new ServiceOptions();

    @Mixin
    private ServerFlags server = new ServerFlags();

    @Option(names = "--transactions", paramLabel = "N", description = "How many to send (default: ${DEFAULT-VALUE}).")
    private int transactions = 10;

    @Option(names = "--keep", description = "Leave everything running afterwards, until it is told to stop.")
    private boolean keep;

    @Override
    public Outcome run(Context context) throws Exception {
        if (transactions < 1) {
            throw CommandFailure.usage("--transactions must be at least 1 but is " + transactions, "");
        }
        var settings = server.over(services.over(proving.over(context.settings())));
        ServerSettings.requireAll(settings);
        StopSignal.listen();
        try (var lock = RunLock.take(context.home(), COMMAND);
                var claims = new PortClaims()) {
            assert lock != null;
            return perform(context, adapted(settings, context.home(), claims));
        }
    }

    private Outcome perform(Context context, Settings settings) throws Exception {
        var stage = new Stage(context, settings);
        try {
            var outcome = stage.play(transactions);
            if (keep && outcome.exitCode() == ExitCode.DONE) {
                context.results().write(outcome.report(), outcome.text());
                stage.keep();
            }
            return outcome;
        } finally {
            stage.close();
        }
    }

    /** Defaults that suit a demo: few log lines, small batches, the next free ports where the usual ones are taken. */
    private static Settings adapted(Settings settings, Path home, PortClaims claims) {
        var result = byDefault(settings, Setting.LOG, "error");
        result = byDefault(result, Setting.BATCH_BLOCKS, BATCH_BLOCKS);
        result = byDefault(result, Setting.BATCH_SECONDS, BATCH_SECONDS);
        return KeptPorts.orFree(result, home, claims);
    }

    private static Settings byDefault(Settings settings, Setting setting, String text) {
        return settings.value(setting).origin().equals("default") ? settings.withFlag(setting, text) : settings;
    }

    /** Everything that is open during a demo. */
    private static final class Stage {
        private final Progress progress;
        private final Station station;
        private final Ensemble ensemble;
        private final Map<String, Double> seconds = new LinkedHashMap<>();
        private long lap = System.nanoTime();

        Stage(Context context, Settings settings) throws Exception {
            progress = context.terminal().progress();
            station = Station.open(context, settings, progress, COMMAND);
            try {
                ensemble = new Ensemble(station);
                KeptPorts.keep(station.withDatabasePort(settings), context.home());
                RunLock.announce(context.home(), COMMAND, ensemble.page());
                progress.step("page " + ensemble.page() + "  metrics " + ensemble.metrics());
            } catch (Exception e) {
                station.close();
                throw e;
            }
        }

        private void lap(String stage) {
            long now = System.nanoTime();
            seconds.put(stage, (now - lap) * 1e-9);
            lap = now;
        }

        Outcome play(int count) throws Exception {
            lap("start");
            var mined = DemoTransactions.send(ensemble.node().client(), count);
            progress.step("sent " + count + " transactions, blocks "
                    + mined.getFirst().block() + " to " + mined.getLast().block());
            lap("transactions");
            var batches = new DemoBatches(station)
                    .await(mined.getFirst().block(), mined.getLast().block());
            lap("proving");
            boolean proven =
                    batches.stream().allMatch(batch -> batch.state().equals(BatchState.BASIC_PROVEN.wireName()));
            int proofs = batches.stream().mapToInt(DemoBatches.Batch::proofs).sum();
            var report = new Report(
                    proven ? BatchState.BASIC_PROVEN.wireName() : BatchState.STOPPED.wireName(),
                    mined,
                    batches,
                    Map.of(Round.BASIC_CIRCUITS.wireName(), proofs),
                    seconds,
                    null,
                    Map.of(
                            "rpc",
                            ensemble.page().toString(),
                            "page",
                            ensemble.page().toString(),
                            "metrics",
                            ensemble.metrics().toString()));
            return new Outcome(proven ? ExitCode.DONE : ExitCode.NEGATIVE, report, text(report));
        }

        private String text(Report report) {
            var status = ProverStatusText.of(ProverStatus.read(station.database(), station.settings(), null, null));
            return status + "\n"
                    + String.format(
                            Locale.ROOT,
                            "%n%s: %d transactions in %d batches, %d proofs, proven in %.1f s",
                            report.result(),
                            report.transactions().size(),
                            report.batches().size(),
                            report.proofs().get(Round.BASIC_CIRCUITS.wireName()),
                            report.seconds().get("proving"));
        }

        /** Keeps everything running until the signal. */
        void keep() throws Exception {
            progress.step("everything stays up, page " + ensemble.page() + ": stop with Ctrl-C");
            StopSignal.await();
        }

        void close() throws Exception {
            ServiceCommand.closeAll(List.of(progress, station, ensemble::close));
        }
    }
}
