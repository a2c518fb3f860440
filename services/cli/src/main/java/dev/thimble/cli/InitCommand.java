package dev.thimble.cli;

import dev.thimble.model.ProtocolVersion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code init}: database, tables, store and keys; doing it again changes nothing. */
@Command(name = "init", description = "Prepare database, object store and keys; changes nothing that is there.")
final class InitCommand implements Task {
    /** What is prepared now. */
    record Report(String home, String database, String objectStore, String protocolVersion, String vkSet) {}

    @Mixin
    private ProvingOptions proving = new ProvingOptions();

    @Mixin
    private ServiceOptions services = new ServiceOptions();

    @Option(names = "--l1", paramLabel = "URL", description = "L1 node (not yet available).")
    private @Nullable String l1;

    @Option(names = "--yes", description = "Agree to every change; init changes nothing that is there.")
    private boolean yes;

    @Override
    public Outcome run(Context context) {
        if (l1 != null) {
            throw CommandFailure.environment(
                    "NOT_AVAILABLE", "L1 is not in this build: it proves up to basic_proven", "Leave --l1 out.");
        }
        var settings = services.over(proving.over(context.settings()));
        try (var progress = context.terminal().progress();
                var station = Station.open(context, settings, progress, "init")) {
            station.site();
            var version = station.status().versions().stream()
                    .filter(known -> known.version().equals(ProtocolVersion.CURRENT))
                    .findFirst()
                    .orElseThrow();
            var prepared = station.report("ready");
            var report = new Report(
                    context.home().toString(),
                    prepared.database(),
                    prepared.store(),
                    ProtocolVersion.CURRENT.toString(),
                    version.vkSetDigest());
            return Outcome.done(
                    report,
                    "home               " + report.home() + "\ndatabase           " + report.database()
                            + "\nobject store       " + report.objectStore() + "\nprotocol version   "
                            + report.protocolVersion() + "\nverification keys  " + report.vkSet()
                            + (yes ? "\nnothing had to be agreed to" : ""));
        }
    }
}
