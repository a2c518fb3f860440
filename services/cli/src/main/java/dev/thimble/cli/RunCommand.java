package dev.thimble.cli;

import dev.thimble.riscv.ExecutionOptions;
import dev.thimble.riscv.ProgramRun;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code run ELF --input F}: executes a guest program without proving it. */
@Command(name = "run", description = "Execute a guest program without proving it.")
final class RunCommand implements Task {
    /** Which program ran. */
    record ProgramReport(String sha256) {}

    /** The outcome of a run with exit code 0. */
    record Report(
            ProgramReport program,
            int exitCode,
            String output,
            long cycles,
            long rows,
            int segments,
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
        var options = ExecutionOptions.defaults().withDebugSink((_, bytes) -> print(err, bytes));
        var run = ProgramRun.of(loaded.program(), GuestFiles.input(input), options);
        var execution = run.execution();
        var halted = GuestOutcomes.successful(execution.outcome());
        var report = new Report(
                new ProgramReport(loaded.sha256()),
                halted.exitCode(),
                GuestOutcomes.hex(halted.output()),
                execution.cycles(),
                execution.rows(),
                execution.segments(),
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

    private static void print(PrintStream err, byte[] bytes) {
        err.write(bytes, 0, bytes.length);
        err.flush();
    }
}
