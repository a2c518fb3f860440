package dev.thimble.cli.proving;

import dev.thimble.cli.command.CommandFailure;
import dev.thimble.cli.command.Context;
import dev.thimble.cli.command.ExitCode;
import dev.thimble.cli.command.MissingCommand;
import dev.thimble.cli.command.Outcome;
import dev.thimble.cli.command.Setting;
import dev.thimble.cli.command.Sha256;
import dev.thimble.cli.command.Task;
import dev.thimble.riscv.ProgramCodec;
import dev.thimble.riscvcircuits.BasicCircuits;
import dev.thimble.riscvcircuits.CircuitType;
import dev.thimble.riscvcircuits.Profile;
import dev.thimble.starkverifier.Protocol;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code setup}: makes the setup data of all circuits of a program; what is there and matches is kept. */
@Command(
        name = "setup",
        description = "Make setup data and verification keys; what is there is kept.",
        subcommands = MissingCommand.Gpu.class)
public final class SetupCommand implements Task {
    /** The program whose batches are proven by default. */
    private static final Path DEFAULT_PROGRAM = Path.of("guest/bin/stf.elf");

    /** One circuit. */
    record CircuitReport(String circuit, String vk, long setupBytes, boolean skipped, double seconds) {}

    /** All circuits; {@code manifestId} is the set of verification keys. */
    record Report(String manifestId, String profile, String programId, List<CircuitReport> circuits) {}

    @Option(names = "--program", paramLabel = "ELF", description = "The program; default: stf.")
    private @Nullable Path elf;

    @Option(names = "--circuit", paramLabel = "C", description = "One circuit type; default: all.")
    private @Nullable String circuit;

    @Option(names = "--jobs", paramLabel = "N", description = "Threads; as --threads.")
    private @Nullable String jobs;

    @Option(names = "--check", description = "Only check what is there; 1 if something is missing or damaged.")
    private boolean check;

    @Option(names = "--force", description = "Make everything again.")
    private boolean force;

    @Option(names = "--record", description = "Write the keys into this source tree's manifest (for developers).")
    private boolean record;

    @Mixin
    private ProvingOptions options = new ProvingOptions();

    @Override
    public Outcome run(Context context) throws IOException {
        var settings = options.over(context.settings());
        settings = jobs == null ? settings : settings.withFlag(Setting.THREADS, jobs);
        if (check && force) {
            throw CommandFailure.usage("--check and --force exclude each other", "");
        }
        var file = elf == null ? context.root().resolve(DEFAULT_PROGRAM) : elf;
        var program = GuestFiles.program(file).program();
        try (var progress = context.terminal().progress();
                var workers = Engines.workers(settings)) {
            var profile = Profile.of(settings.value(Setting.PROFILE).text());
            var circuits = GuestFiles.circuits(profile, program);
            var folder = new KeyFolder(context, progress);
            if (check) {
                return check(circuits, folder);
            }
            HeapCheck.require(circuits);
            var engine = Engines.engine(settings, workers);
            var made = new ArrayList<KeyFolder.Made>();
            for (var type : types()) {
                made.add(folder.make(circuits, type, engine, force));
            }
            compareOrRecord(context, circuits, made);
            var report =
                    report(circuits, made.stream().map(SetupCommand::report).toList());
            return Outcome.done(report, text(report));
        }
    }

    private void compareOrRecord(Context context, BasicCircuits circuits, List<KeyFolder.Made> made)
            throws IOException {
        var keys = made.stream()
                .collect(Collectors.toMap(
                        each -> each.entry().circuit(), each -> each.entry().vk()));
        var id = ProgramCodec.id(circuits.program());
        var profile = circuits.profile().id();
        if (record && circuit == null) {
            var entry = new KeyManifest.Entry(id, profile, Protocol.V1.number(), keys);
            KeyManifest.record(context.root(), entry, new Programs(context).idsOfBuild());
        } else {
            KeyManifest.ofBuild().require(id, profile, keys);
        }
    }

    private List<CircuitType> types() {
        if (circuit == null) {
            return List.of(CircuitType.values());
        }
        var names =
                List.of(CircuitType.values()).stream().map(CircuitType::name).toList();
        if (!names.contains(circuit)) {
            throw CommandFailure.usage("there is no circuit " + circuit, "Circuits: " + String.join(", ", names));
        }
        return List.of(CircuitType.valueOf(circuit));
    }

    private Outcome check(BasicCircuits circuits, KeyFolder folder) throws IOException {
        var good = new ArrayList<CircuitReport>();
        var bad = new ArrayList<String>();
        for (var type : types()) {
            var entry = folder.entry(circuits, type);
            if (folder.isGood(circuits, type) && entry.isPresent()) {
                good.add(new CircuitReport(
                        type.name(), entry.get().vk(), entry.get().setupBytes(), true, 0));
            } else {
                bad.add(type.name());
            }
        }
        var report = report(circuits, good);
        return bad.isEmpty()
                ? Outcome.done(report, text(report))
                : new Outcome(
                        ExitCode.NEGATIVE,
                        report,
                        "missing or damaged: " + String.join(", ", bad) + "; thimble setup makes it again");
    }

    private static CircuitReport report(KeyFolder.Made made) {
        return new CircuitReport(
                made.entry().circuit(), made.entry().vk(), made.entry().setupBytes(), made.skipped(), made.seconds());
    }

    private static Report report(BasicCircuits circuits, List<CircuitReport> reports) {
        var all = reports.stream().map(CircuitReport::vk).collect(Collectors.joining());
        return new Report(
                Sha256.hex(all.getBytes(StandardCharsets.UTF_8)),
                circuits.profile().id(),
                ProgramCodec.id(circuits.program()),
                reports);
    }

    private static String text(Report report) {
        return report.circuits().stream()
                .map(c -> String.format(
                        Locale.ROOT,
                        "%-12s %s  %6.1f MB  %s",
                        c.circuit(),
                        c.vk(),
                        c.setupBytes() * 1e-6,
                        c.skipped() ? "kept" : String.format(Locale.ROOT, "made in %.1f s", c.seconds())))
                .collect(Collectors.joining("\n"));
    }
}
