package dev.thimble.cli.bench;

import dev.thimble.cli.block.StfMachines;
import dev.thimble.cli.command.CommandFailure;
import dev.thimble.cli.command.Context;
import dev.thimble.cli.command.OutputFolder;
import dev.thimble.cli.command.Progress;
import dev.thimble.ethereum.AnvilProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code bench block}: real blocks, executed and proven; what transactions and calls take in the circuits. */
final class BlockBenchSuite implements BenchSuite {
    private static final Bar TRANSFERS = Bar.atLeast(500);
    private static final int HOLDERS = 2_000;
    private static final int RUNS = 9;
    private static final int WARM_UPS = 6;

    @Override
    public String name() {
        return "block";
    }

    @Override
    public List<Measurement> run(Context context, MachineReport machine, Progress progress) throws Exception {
        var results = new ArrayList<>(CircuitCells.measure());
        var folder = Files.createTempDirectory(context.home(), "bench-");
        try (var rollup = BenchRollup.start(anvil(), folder, StfMachines.emulator(context.root()))) {
            progress.step("giving a token to " + HOLDERS + " of " + BenchRollup.ACCOUNTS + " accounts");
            var token = rollup.token(HOLDERS);
            progress.step("counting the rows of transactions");
            results.addAll(new TransactionRows(rollup, token).measure());
            progress.step("executing " + BenchRollup.SENDERS + " transfers, " + RUNS + " times");
            results.add(transfersPerSecond(rollup, machine));
            results.addAll(new ProvenBlockBench(context, machine, progress).measure(rollup, token, folder));
        } finally {
            OutputFolder.deleteTree(folder);
        }
        return results;
    }

    private static Path anvil() {
        return AnvilProcess.locate()
                .orElseThrow(() -> CommandFailure.environment(
                        "NO_L2_NODE",
                        "bench block makes its blocks with anvil, which was not found",
                        "Run npm ci in services/ethereum (linux x86-64), install Foundry, or set THIMBLE_ANVIL."));
    }

    /** Emulator and host together, on one thread, until the chain has the new state. */
    private static Measurement transfersPerSecond(BenchRollup rollup, MachineReport machine) throws Exception {
        var block = rollup.transfers(BenchRollup.SENDERS);
        var samples = new double[RUNS];
        for (int run = -WARM_UPS; run < RUNS; run++) {
            long start = System.nanoTime();
            rollup.execute(block);
            if (run >= 0) {
                samples[run] = BenchRollup.SENDERS / ((System.nanoTime() - start) * 1e-9);
            }
        }
        rollup.follow(block);
        return Measurement.of("execute.transfers_s", "transfers/s", samples, machine.hashPerSecond1(), TRANSFERS);
    }
}
