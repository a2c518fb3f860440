package dev.thimble.cli;

import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code demo}: proves a chain of real block headers in several segments and verifies the proofs. */
@Command(name = "demo", description = "Prove and verify a chain of real block headers.")
final class DemoCommand implements Task {
    /** What happened; fields that need the pipeline or L1 are empty. */
    record Report(
            String result,
            List<String> transactions,
            List<String> batches,
            Map<String, Integer> proofs,
            Map<String, Double> seconds,
            @Nullable String l1,
            Map<String, String> urls,
            ProveCommand.Report batch) {}

    @Mixin
    private ProvingOptions options = new ProvingOptions();

    @Override
    public Outcome run(Context context) throws Exception {
        var settings = options.over(context.settings());
        var program = GuestFiles.program(context.root().resolve("guest/bin/header-chain.elf"))
                .program();
        var input = GuestFiles.input(context.root().resolve("guest/inputs/headers.bin"));
        var folder = Files.createTempDirectory(context.home(), "demo-");
        try (var progress = context.terminal().progress();
                var workers = Engines.workers(settings)) {
            progress.step("proving that 12 block headers form a chain, profile "
                    + settings.value(Setting.PROFILE).text());
            var batch =
                    new ProvingRun(context, settings, progress, workers).prove(program, input, folder.resolve("out"));
            var report = new Report(
                    "accepted",
                    List.of(),
                    List.of(),
                    Map.of("basic_circuits", batch.proofs()),
                    Map.of(
                            "prove",
                            batch.seconds().prove(),
                            "total",
                            batch.seconds().total()),
                    null,
                    Map.of(),
                    batch);
            return Outcome.done(report, text(report));
        } finally {
            OutputFolder.deleteTree(folder);
        }
    }

    private static String text(Report report) {
        var batch = report.batch();
        return String.format(
                Locale.ROOT,
                "accepted%noutput   %s%ncycles   %,d in %d segments%nproofs   %d, %.1f MB, verified%n"
                        + "speed    %,.0f cycles/s, %.1f s in all",
                batch.output(),
                batch.cycles(),
                batch.segments(),
                batch.proofs(),
                batch.proofBytes() * 1e-6,
                batch.cyclesPerSecond(),
                batch.seconds().total());
    }
}
