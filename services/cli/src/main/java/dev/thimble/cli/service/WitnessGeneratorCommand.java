package dev.thimble.cli.service;

import dev.thimble.cli.command.CommandFailure;
import dev.thimble.model.Round;
import dev.thimble.workers.Components;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code witness-generator}: one round or all of this build. */
@Command(name = "witness-generator", description = "Generate the witnesses of one round or of all.")
public final class WitnessGeneratorCommand extends ServiceCommand {
    static final int METRICS_PORT = 3116;

    @Option(
            names = {"-r", "--round"},
            paramLabel = "ROUND",
            description = "basic_circuits, leaf_aggregation, node_aggregation, recursion_tip or scheduler.")
    private @Nullable String round;

    @Option(
            names = {"-a", "--all-rounds", "--all_rounds"},
            description = "All rounds of this build.")
    private boolean allRounds;

    @Override
    String component() {
        return Components.WITNESS_GENERATOR;
    }

    @Override
    void check() {
        if (allRounds == (round != null)) {
            throw CommandFailure.usage("give exactly one of --round and --all-rounds", "");
        }
        if (round != null && wanted() != Round.BASIC_CIRCUITS) {
            throw CommandFailure.environment(
                    "NOT_AVAILABLE",
                    "round " + wanted().wireName() + " is not in this build: it proves up to basic_proven",
                    "Run --round=basic_circuits or --all-rounds.");
        }
    }

    private Round wanted() {
        try {
            var text = String.valueOf(round);
            return text.matches("[0-4]") ? Round.ofNumber(Integer.parseInt(text)) : Round.parse(text);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()), "");
        }
    }

    @Override
    List<AutoCloseable> start(Station station) {
        int own = Listening.fromEnvironment("API_PROMETHEUS_LISTENER_PORT", METRICS_PORT);
        var first = ServiceOptions.prometheus(station.settings(), own);
        Listening.metrics(station, "metrics", first);
        int more = allRounds ? Round.values().length - 1 : 0;
        for (int i = 1; i <= more; i++) {
            int port = first.port() == 0 ? 0 : first.port() + i;
            Listening.metrics(station, "metrics" + (i + 1), ServiceOptions.address(station.settings(), port));
        }
        return List.of(Parts.start(station, component(), Components.witnessGenerator(station.site())));
    }
}
