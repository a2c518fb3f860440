package dev.thimble.cli.service;

import dev.thimble.cli.command.CommandFailure;
import dev.thimble.workers.Components;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code prover}: traces to proofs. */
@Command(name = "prover", description = "Prove circuit instances.")
public final class ProverCommand extends ServiceCommand {
    static final int METRICS_PORT = 3315;

    @Option(names = "--backend", paramLabel = "cpu", description = "What computes (default: ${DEFAULT-VALUE}).")
    private String backend = "cpu";

    @Override
    String component() {
        return Components.PROVER;
    }

    @Override
    void check() {
        if (!backend.equals("cpu")) {
            throw CommandFailure.environment(
                    "NOT_AVAILABLE", "the backend " + backend + " is not in this build", "Take --backend=cpu.");
        }
    }

    @Override
    List<AutoCloseable> start(Station station) {
        Listening.metrics(station, METRICS_PORT);
        return List.of(Parts.start(station, component(), Components.prover(station.site())));
    }
}
