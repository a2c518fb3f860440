package dev.thimble.cli.block;

import dev.thimble.chain.CaseFile;
import dev.thimble.chain.CaseResult;
import dev.thimble.chain.PublishedCase;
import dev.thimble.chain.StfMachine;
import dev.thimble.cli.command.CommandFailure;
import dev.thimble.cli.command.Context;
import dev.thimble.cli.command.ExitCode;
import dev.thimble.cli.command.Outcome;
import dev.thimble.cli.command.Progress;
import dev.thimble.cli.command.Task;
import dev.thimble.cli.proving.ProvingOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** {@code eest FILE}: runs published execution tests through the state transition function. */
@Command(name = "eest", description = "Run published execution tests (state tests, blockchain tests).")
public final class EestCommand implements Task {
    private static final int LOOK_AHEAD = 64;
    private static final int SHOWN_FAILURES = 20;

    /** The outcome over all cases. */
    record Report(
            String file,
            String machine,
            int cases,
            int passed,
            int failed,
            int unsupported,
            Map<String, Integer> unsupportedBy,
            int proved,
            @Nullable Long seed,
            List<EestTally.Failure> failures,
            EestTally.Coverage coverage,
            double seconds) {}

    private record Running(PublishedCase test, Future<CaseResult> result) {}

    @Parameters(paramLabel = "FILE", description = "Cases, one JSON object a line; gzip if it ends with .gz.")
    private Path file = Path.of("");

    @Option(names = "--machine", paramLabel = "native|riscv", description = "What runs it (default: native).")
    private String machineName = StfMachines.NATIVE;

    @Option(names = "--sample", paramLabel = "N", description = "Only N cases, chosen by --seed.")
    private @Nullable Integer sample;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of the sample (default: 1).")
    private long seed = 1;

    @Option(
            names = "--prove",
            paramLabel = "N",
            description = "Prove and verify the first N cases that passed and take at most 250,000 rows.")
    private int prove;

    @Mixin
    private ProvingOptions proving = new ProvingOptions();

    @Option(names = "--results", paramLabel = "FILE", description = "Write a line of JSON for each case.")
    private @Nullable Path results;

    @Override
    public Outcome run(Context context) throws Exception {
        long start = System.nanoTime();
        var machine = StfMachines.open(machineName, context);
        var tally = new EestTally();
        var prover = new EestProver(prove, StfMachines.emulator(context.root()));
        int cases;
        int proved;
        try (var out = resultsWriter();
                var progress = context.terminal().progress()) {
            cases = runAll(machine, tally, prover, out, progress);
            proved = prover.prove(context, proving.over(context.settings()), progress);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.environment(
                    "CASES_MALFORMED",
                    file + ": " + e.getMessage(),
                    "Give a file with one case of published tests a line.");
        }
        if (cases == 0) {
            throw CommandFailure.environment(
                    "UNSUPPORTED_FORK", file + " has no case for Cancun", "Only the rules of Cancun can be proven.");
        }
        var report = report(tally, cases, proved, (System.nanoTime() - start) * 1e-9);
        return new Outcome(report.failed() > 0 ? ExitCode.NEGATIVE : ExitCode.DONE, report, text(report));
    }

    private Report report(EestTally tally, int cases, int proved, double seconds) {
        return new Report(
                file.toString(),
                machineName,
                cases,
                tally.passed(),
                tally.failures().size(),
                tally.unsupported(),
                tally.unsupportedBy(),
                proved,
                sample == null ? null : (Long) seed,
                tally.failures(),
                tally.coverage(),
                seconds);
    }

    /** Runs the cases on all processors and takes their results in the file's order. */
    private int runAll(StfMachine machine, EestTally tally, EestProver prover, Writer out, Progress progress)
            throws Exception {
        var running = new ArrayDeque<Running>();
        try (ExecutorService pool =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            int[] done = {0};
            int count = read(test -> {
                running.add(new Running(test, pool.submit(() -> test.run(machine))));
                if (running.size() > LOOK_AHEAD) {
                    take(running.remove(), tally, prover, out);
                    progress.at("case " + done[0], ++done[0], sample == null ? 0 : sample);
                }
            });
            while (!running.isEmpty()) {
                take(running.remove(), tally, prover, out);
            }
            return count;
        }
    }

    private int read(CaseFile.Visitor visitor) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw CommandFailure.environment("FILE_UNREADABLE", file + " is not a file", "Check the path.");
        }
        return sample == null ? CaseFile.read(file, visitor) : CaseFile.sample(file, sample, seed, visitor);
    }

    private static void take(Running running, EestTally tally, EestProver prover, Writer out) {
        try {
            var result = running.result.get();
            tally.add(running.test, result);
            prover.offer(running.test, result);
            out.write(JsonMapper.shared().writeValueAsString(EestTally.Line.of(result)) + "\n");
        } catch (ExecutionException e) {
            throw new IllegalStateException(running.test.name() + ": " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Writer resultsWriter() throws IOException {
        return results == null ? Writer.nullWriter() : Files.newBufferedWriter(results);
    }

    private static String text(Report report) {
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "%d cases on %s: %d passed, %d failed, %d unsupported %s, %.1f s%ncoverage: %d opcodes, %d kinds of invalid blocks and transactions",
                report.cases(),
                report.machine(),
                report.passed(),
                report.failed(),
                report.unsupported(),
                report.unsupportedBy(),
                report.seconds(),
                report.coverage().opcodes().size(),
                report.coverage().exceptions().size()));
        report.failures().stream()
                .limit(SHOWN_FAILURES)
                .forEach(failure ->
                        text.append(String.format(Locale.ROOT, "%nFAILED %s: %s", failure.name(), failure.reason())));
        return text.toString();
    }
}
