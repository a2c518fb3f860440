package dev.thimble.cli.bench;

import dev.thimble.cli.command.Context;
import dev.thimble.cli.command.Progress;
import java.util.List;

/** A group of measurements of {@code thimble bench}. */
interface BenchSuite {
    /** The name on the command line. */
    String name();

    /** Whether {@code bench all} runs it. */
    default boolean isInAll() {
        return true;
    }

    /**
     * Measures.
     *
     * @param context the command's context
     * @param machine the machine with its hash rate, which results are related to
     * @param progress hears of each step
     */
    List<Measurement> run(Context context, MachineReport machine, Progress progress) throws Exception;
}
