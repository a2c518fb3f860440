package dev.thimble.cli.bench;

import dev.thimble.cli.command.CommandFailure;
import dev.thimble.cli.command.Context;
import dev.thimble.cli.command.ExitCode;
import dev.thimble.cli.command.Outcome;
import dev.thimble.cli.command.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench [SUITE] [--check]}: measures, and with {@code --check} compares with the bars. */
@Command(name = "bench", description = "Measure; --check ends with 1 if a bar is missed.")
public final class BenchCommand implements Task {
    private static final String ALL = "all";
    private static final List<BenchSuite> SUITES = List.of(
            new CoreBenchSuite(),
            new BlockBenchSuite(),
            new QueueBenchSuite(),
            new CompressBenchSuite(),
            new LargeCompressBenchSuite());

    /** The measurements of one run. */
    record Report(String commit, MachineReport machine, List<Measurement> results) {}

    @Parameters(
            arity = "0..1",
            paramLabel = "SUITE",
            description = "core, block, queue, compress, compress-large or all (default: core).")
    private String suite = "core";

    @Option(names = "--check", description = "End with exit code 1 if a bar is missed.")
    private boolean check;

    @Override
    public Outcome run(Context context) throws Exception {
        var chosen = SUITES.stream()
                .filter(s -> suite.equals(ALL) ? s.isInAll() : s.name().equals(suite))
                .toList();
        if (chosen.isEmpty()) {
            throw CommandFailure.usage(
                    "unknown suite " + suite, "Suites: core, block, queue, compress, compress-large, all");
        }
        var results = new ArrayList<Measurement>();
        MachineReport machine;
        try (var progress = context.terminal().progress()) {
            progress.step("measuring the hash rate");
            machine = MachineReport.measure();
            for (var each : chosen) {
                results.addAll(each.run(context, machine, progress));
            }
        }
        boolean missed = check && results.stream().anyMatch(Measurement::missed);
        var report = new Report(commit(context.root()), machine, List.copyOf(results));
        return new Outcome(missed ? ExitCode.NEGATIVE : ExitCode.DONE, report, text(report));
    }

    private static String text(Report report) {
        var text = new StringBuilder();
        var machine = report.machine();
        text.append(String.format(
                Locale.ROOT,
                "%s, %d cores, JDK %s%nhash rate %.0f/s on 1 thread, %.0f/s on 2 (%s)%n",
                machine.cpu(),
                machine.cores(),
                machine.jdk(),
                machine.hashPerSecond1(),
                machine.hashPerSecond2(),
                machine.hashKernel()));
        for (var m : report.results()) {
            var bar = m.bar() == null
                    ? ""
                    : String.format(Locale.ROOT, "  bar %.6g %s", m.bar(), m.missed() ? "MISSED" : "met");
            text.append(String.format(
                    Locale.ROOT,
                    "%-26s %14.6g %-8s [%.6g .. %.6g, %d runs]%s%n",
                    m.name(),
                    m.value(),
                    m.unit(),
                    m.min(),
                    m.max(),
                    m.runs(),
                    bar));
        }
        return text.toString().stripTrailing();
    }

    /** The commit of this copy, read from git's files; "unknown" outside of a clone. */
    private static String commit(Path root) {
        try {
            var head = Files.readString(root.resolve(".git/HEAD")).strip();
            if (!head.startsWith("ref: ")) {
                return head;
            }
            var loose = root.resolve(".git").resolve(head.substring("ref: ".length()));
            return Files.exists(loose) ? Files.readString(loose).strip() : "unknown";
        } catch (IOException e) {
            return "unknown";
        }
    }
}
