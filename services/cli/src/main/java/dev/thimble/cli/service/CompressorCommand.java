package dev.thimble.cli.service;

import dev.thimble.cli.command.CommandFailure;
import dev.thimble.cli.command.Context;
import dev.thimble.cli.command.Outcome;
import dev.thimble.cli.command.Task;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code compressor}: not in this build. */
@Command(name = "compressor", description = "Compress the scheduler's proof to a SNARK (not yet available).")
public final class CompressorCommand implements Task {
    @Option(names = "--crs", paramLabel = "FILE", description = "The universal setup.")
    private @Nullable String crs;

    @Override
    public Outcome run(Context context) {
        var with = crs == null ? "" : " with " + crs;
        throw CommandFailure.environment(
                "NOT_AVAILABLE",
                "the compressor" + with + " is not in this build: batches end as basic_proven",
                "No job waits for it; nothing has to be started.");
    }
}
