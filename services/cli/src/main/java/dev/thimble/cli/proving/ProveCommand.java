package dev.thimble.cli.proving;

import dev.thimble.cli.command.Context;
import dev.thimble.cli.command.Outcome;
import dev.thimble.cli.command.Task;
import dev.thimble.pipeline.LocalBatch;
import dev.thimble.riscvcircuits.CircuitType;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code prove}: executes a program and proves that it halts with exit code 0 and this output. */
@Command(name = "prove", description = "Prove a run of a guest program; the proofs go into a new folder.")
public final class ProveCommand implements Task {
    /** Wall seconds per step. */
    public record Seconds(
            double execute, double sharedCommit, double trace, double prove, double verify, double total) {}

    /** What was proven and what it took. */
    public record Report(
            String programId,
            String profile,
            String vkSet,
            long cycles,
            int segments,
            Map<CircuitType, Integer> instances,
            String output,
            int proofs,
            long proofBytes,
            long peakHeapBytes,
            double cyclesPerSecond,
            Seconds seconds) {}

    @Option(
            names = "--program",
            required = true,
            paramLabel = "ELF",
            description = "RV32IM program, statically linked.")
    private Path elf = Path.of("");

    @Option(names = "--input", paramLabel = "FILE", description = "The program's input; empty without it.")
    private @Nullable Path input;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to make; must not exist.")
    private Path out = Path.of("");

    @Mixin
    private ProvingOptions options = new ProvingOptions();

    @Override
    public Outcome run(Context context) throws Exception {
        var settings = options.over(context.settings());
        var program = GuestFiles.program(elf).program();
        var bytes = GuestFiles.input(input);
        try (var progress = context.terminal().progress();
                var workers = Engines.workers(settings)) {
            var run = new ProvingRun(context, settings, progress, workers);
            var report = run.prove(program, bytes, out);
            return Outcome.done(report, text(report));
        } catch (LocalBatch.Unprovable unprovable) {
            GuestOutcomes.successful(unprovable.outcome());
            throw unprovable;
        }
    }

    private String text(Report report) {
        return String.format(
                Locale.ROOT,
                "output   %s%nprogram  %s%ncycles   %,d in %d segments%nproofs   %d, %.1f MB, in %s%n"
                        + "speed    %,.0f cycles/s, %.1f s in all",
                report.output(),
                report.programId(),
                report.cycles(),
                report.segments(),
                report.proofs(),
                report.proofBytes() * 1e-6,
                out,
                report.cyclesPerSecond(),
                report.seconds().total());
    }
}
