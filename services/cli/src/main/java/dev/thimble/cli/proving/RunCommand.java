package dev.thimble.cli.proving;

import dev.thimble.cli.command.Context;
import dev.thimble.cli.command.Outcome;
import dev.thimble.cli.command.Setting;
import dev.thimble.cli.command.Task;
import dev.thimble.pipeline.BasicRound;
import dev.thimble.riscv.ExecutionOptions;
import dev.thimble.riscv.ProgramCodec;
import dev.thimble.riscv.ProgramRun;
import dev.thimble.riscvcircuits.BasicCircuits;
import dev.thimble.riscvcircuits.CircuitType;
import dev.thimble.riscvcircuits.Profile;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code run ELF --input F}: executes a guest program without proving it. */
@Command(name = "run", description = "Execute a guest program without proving it.")
public final class RunCommand implements Task {
    /** Which program ran. */
    record ProgramReport(String sha256, String id) {}

    /** The outcome of a run with exit code 0. */
    record Report(
            ProgramReport program,
            int exitCode,
            String output,
            long cycles,
            long rows,
            int segments,
            Map<CircuitType, Integer> instances,
            Map<CircuitType, Long> cells,
            double mips,
            double seconds) {}

    @Parameters(paramLabel = "ELF", description = "RV32IM program, statically linked.")
    private Path elf = Path.of("");

    @Option(names = "--input", paramLabel = "FILE", description = "The program's input; empty without it.")
    private @Nullable Path input;

    @Override
    public Outcome run(Context context) {
        var loaded = GuestFiles.program(elf);
        var err = context.terminal().err();
        var profile = Profile.of(context.settings().value(Setting.PROFILE).text());
        var options = ExecutionOptions.defaults()
                .withLimits(BasicRound.limits(profile))
                .withDebugSink((_, bytes) -> print(err, bytes));
        var run = ProgramRun.of(loaded.program(), GuestFiles.input(input), options);
        var execution = run.execution();
        var halted = GuestOutcomes.successful(execution.outcome());
        var instances = BasicRound.instances(profile, execution);
        var report = new Report(
                new ProgramReport(loaded.sha256(), ProgramCodec.id(loaded.program())),
                halted.exitCode(),
                GuestOutcomes.hex(halted.output()),
                execution.cycles(),
                execution.rows(),
                execution.segments(),
                instances,
                cells(profile, instances),
                run.mips(),
                run.seconds());
        var text = String.format(
                Locale.ROOT,
                "output   %s%ncycles   %,d in %d segments%nspeed    %.1f MIPS, %.3f s",
                report.output(),
                report.cycles(),
                report.segments(),
                report.mips(),
                report.seconds());
        return Outcome.done(report, text);
    }

    /** Committed cells: instances · rows · columns. */
    public static Map<CircuitType, Long> cells(Profile profile, Map<CircuitType, Integer> instances) {
        var cells = new EnumMap<CircuitType, Long>(CircuitType.class);
        BasicCircuits.programs(profile)
                .forEach((type, air) -> cells.put(
                        type, (long) instances.getOrDefault(type, 0) * air.height() * air.committedColumns()));
        return cells;
    }

    private static void print(PrintStream err, byte[] bytes) {
        err.write(bytes, 0, bytes.length);
        err.flush();
    }
}
