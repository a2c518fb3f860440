package dev.thimble.cli.bench;

import dev.thimble.cli.command.Context;
import dev.thimble.cli.command.Progress;
import java.util.List;

/** {@code bench compress-large}: PLONK at 2^22 rows, the size of the compressor's circuit. Minutes, and gigabytes of disk. */
final class LargeCompressBenchSuite implements BenchSuite {
    private static final int LOG_SIZE = 22;
    private static final double PLONK_SECONDS = 420;
    private static final double MEMORY_BYTES = 12e9;

    @Override
    public String name() {
        return "compress-large";
    }

    @Override
    public boolean isInAll() {
        return false;
    }

    @Override
    public List<Measurement> run(Context context, MachineReport machine, Progress progress) throws Exception {
        return new PlonkBench(context, machine, progress)
                .run(LOG_SIZE, "plonk22", Bar.atMost(PLONK_SECONDS), Bar.atMost(MEMORY_BYTES));
    }
}
