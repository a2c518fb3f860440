package dev.thimble.cli.bench;

import dev.thimble.chain.Address;
import dev.thimble.chain.StfProgram;
import dev.thimble.cli.block.BlockProof;
import dev.thimble.cli.block.StfMachines;
import dev.thimble.cli.command.Context;
import dev.thimble.cli.command.Progress;
import dev.thimble.cli.command.Setting;
import dev.thimble.cli.proving.Engines;
import dev.thimble.cli.proving.KeyFolder;
import dev.thimble.cli.proving.ProvingRun;
import dev.thimble.riscvcircuits.Profile;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Path;
import java.util.List;

/**
 * A block of ten transactions, five transfers of ether and five of a token, under profile laptop: from its number to verified
 * proofs, which is reading it from the node, executing, proving and verifying. Setup data are made beforehand.
 */
final class ProvenBlockBench {
    private static final Bar SECONDS = Bar.atMost(150);
    private static final Bar HEAP = Bar.atMost(8.0 * (1L << 30));
    private static final int TRANSACTIONS = 10;

    private final Context context;
    private final MachineReport machine;
    private final Progress progress;

    ProvenBlockBench(Context context, MachineReport machine, Progress progress) {
        this.context = context;
        this.machine = machine;
        this.progress = progress;
    }

    /**
     * Measures once.
     *
     * @param folder takes the proofs
     */
    List<Measurement> measure(BenchRollup rollup, Address token, Path folder) throws Exception {
        long number = rollup.mixed(token, TRANSACTIONS).header().number();
        var settings = context.settings().withFlag(Setting.PROFILE, Profile.LAPTOP.id());
        var emulator = StfMachines.emulator(context.root());
        try (var workers = Engines.workers(settings)) {
            var engine = Engines.engine(settings, workers);
            new KeyFolder(context, progress).load(Profile.LAPTOP, emulator.program(StfProgram.STF), engine);
            ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
            progress.step("proving a block of " + TRANSACTIONS + " transactions under laptop");
            long start = System.nanoTime();
            var proof = new BlockProof(emulator, new ProvingRun(context, settings, progress, workers))
                    .prove(rollup.fork(), List.of(rollup.read(number)), folder.resolve("out"))
                    .proof();
            double seconds = (System.nanoTime() - start) * 1e-9;
            return List.of(
                    of("block10.seconds", "s", seconds, SECONDS),
                    of("block10.heap_bytes", "bytes", (double) proof.peakHeapBytes(), HEAP));
        }
    }

    private Measurement of(String name, String unit, double value, Bar bar) {
        return Measurement.of(name, unit, new double[] {value}, machine.hashPerSecond2(), bar);
    }
}
