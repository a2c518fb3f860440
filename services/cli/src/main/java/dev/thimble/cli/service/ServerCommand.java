package dev.thimble.cli.service;

import dev.thimble.cli.command.CommandFailure;
import dev.thimble.cli.command.Context;
import dev.thimble.cli.command.Outcome;
import dev.thimble.cli.command.Settings;
import dev.thimble.cli.command.StopSignal;
import dev.thimble.cli.command.Task;
import dev.thimble.cli.command.VersionText;
import dev.thimble.cli.database.PipelineStorage;
import dev.thimble.cli.l1.L1Access;
import dev.thimble.cli.l1.L1Flags;
import dev.thimble.http.PortTaken;
import dev.thimble.observability.Observability;
import dev.thimble.server.ServerOptions;
import dev.thimble.server.ThimbleServer;
import dev.thimble.server.WrongNode;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code server}: the operator's side, until it is stopped. */
@Command(name = "server", description = "Run the operator's side: L2 node, batches, proof data, JSON-RPC, web page.")
public final class ServerCommand implements Task {
    private static final int PROMETHEUS_PORT = 3312;

    /** What runs, and where; nothing secret. */
    record Report(
            String component,
            String state,
            String version,
            long pid,
            List<String> components,
            long chainId,
            @Nullable URI rpc,
            @Nullable URI page,
            @Nullable URI proofData,
            URI metrics,
            String database,
            String store) {}

    @Mixin
    private final ServiceOptions service = new ServiceOptions();

    @Mixin
    private final ServerFlags flags = new ServerFlags();

    @Mixin
    private final L1Flags l1Flags = new L1Flags();

    @Override
    public Outcome run(Context context) throws Exception {
        var settings = l1Flags.over(flags.over(service.over(context.settings())));
        ServiceOptions.configureLog(settings);
        StopSignal.listen();
        var given = ServerSettings.options(settings, context);
        try (var storage = PipelineStorage.open(settings, context.home())) {
            boolean deployed = L1Access.deployed(settings, storage.database()).isPresent();
            return serve(context, settings, L1Access.withComponent(given, settings, deployed), storage);
        }
    }

    private static Outcome serve(Context context, Settings settings, ServerOptions options, PipelineStorage storage)
            throws Exception {
        var l1 = L1Access.connection(settings, storage.database(), options);
        try (var observability = new Observability("server", VersionText.version());
                var node = ServerSettings.node(settings, context.home(), options.chain());
                var server =
                        ThimbleServer.start(options, storage.database(), storage.store(), node, l1, observability)) {
            var metrics = observability.listen(ServiceOptions.prometheus(settings, PROMETHEUS_PORT));
            var report = report(options, server, metrics.url(), storage);
            context.results().write(report, text(report));
            StopSignal.await();
            return Outcome.done(report, "server stopped");
        } catch (PortTaken e) {
            throw ServerSettings.portTaken(e, settings);
        } catch (WrongNode e) {
            throw CommandFailure.environment(
                    "WRONG_L2_NODE", String.valueOf(e.getMessage()), "Check --l2-rpc-url and --l2-chain-id.");
        }
    }

    private static Report report(ServerOptions options, ThimbleServer server, URI metrics, PipelineStorage storage) {
        var api = server.apiUrl().orElse(null);
        return new Report(
                "server",
                "ready",
                VersionText.version(),
                ProcessHandle.current().pid(),
                options.components().stream().map(c -> c.text()).sorted().toList(),
                options.chain().value(),
                api,
                api == null ? null : URI.create(api + "/"),
                server.proofDataUrl().orElse(null),
                metrics,
                storage.access().url(),
                storage.place());
    }

    private static String text(Report report) {
        return String.format(
                Locale.ROOT,
                "server of chain %d runs: %s; JSON-RPC and page %s, proof data %s, metrics %s/metrics",
                report.chainId(),
                String.join(",", report.components()),
                report.page() == null ? "not here" : report.page(),
                report.proofData() == null ? "not here" : report.proofData(),
                report.metrics());
    }
}
