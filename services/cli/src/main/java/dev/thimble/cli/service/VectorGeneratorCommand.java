package dev.thimble.cli.service;

import dev.thimble.cli.command.Setting;
import dev.thimble.cli.proving.HeapCheck;
import dev.thimble.riscvcircuits.Profile;
import dev.thimble.workers.Components;
import dev.thimble.workers.VectorGenerator;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code witness-vector-generator}: traces for provers. */
@Command(name = "witness-vector-generator", description = "Make witness traces for provers that ask for them.")
public final class VectorGeneratorCommand extends ServiceCommand {
    static final int METRICS_PORT = 3420;
    static final int TRACES_PORT = 3421;

    @Option(names = "--traces-port", paramLabel = "PORT", description = "Provers ask here (default: ${DEFAULT-VALUE}).")
    private int tracesPort = TRACES_PORT;

    @Option(
            names = "--advertise",
            paramLabel = "URL",
            description = "Where provers reach it (default: the bound address).")
    private @Nullable String advertise;

    @Override
    String component() {
        return Components.VECTOR_GENERATOR;
    }

    private static Profile profile(Station station) {
        return Profile.of(station.settings().text(Setting.PROFILE));
    }

    @Override
    List<AutoCloseable> start(Station station) {
        int port = Listening.fromEnvironment("FRI_WITNESS_VECTOR_GENERATOR_PROMETHEUS_LISTENER_PORT", METRICS_PORT);
        Listening.metrics(station, port);
        var site = station.traceSite();
        var address = ServiceOptions.address(station.settings(), tracesPort);
        int traces = Math.min(station.threadCount(), HeapCheck.tracesThatFit(profile(station)));
        var generator = Listening.on(
                "--traces-port", () -> new VectorGenerator(site.workshop(), traces, address, station.token()));
        var host = address.host().equals("0.0.0.0") ? Station.host() : address.host();
        var url = advertise == null ? "http://" + host + ":" + generator.port() : advertise;
        station.reachable("traces", URI.create(url));
        return List.of(generator, Parts.start(station, component(), Components.announcement(site, url)));
    }
}
