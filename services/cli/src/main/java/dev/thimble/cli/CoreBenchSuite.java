package dev.thimble.cli;

import dev.thimble.riscv.ExecutionOptions;
import dev.thimble.riscv.ProgramRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code bench core}: the emulator and the proof system. */
final class CoreBenchSuite implements BenchSuite {
    private static final int RUNS = 5;
    private static final Bar EMULATOR_MIPS = Bar.atLeast(80);

    @Override
    public String name() {
        return "core";
    }

    @Override
    public List<Measurement> run(Context context, MachineReport machine, Progress progress) {
        var results = new ArrayList<Measurement>();
        progress.step("measuring the emulator");
        results.add(emulator(context.root(), machine.hashPerSecond1()));
        return results;
    }

    private static Measurement emulator(Path root, double hashPerSecond) {
        var loaded = GuestFiles.program(root.resolve("guest/bin/header-chain.elf"));
        var input = GuestFiles.input(root.resolve("guest/inputs/headers.bin"));
        var samples = new double[RUNS];
        for (int run = -1; run < RUNS; run++) {
            var measured = ProgramRun.of(loaded.program(), input, ExecutionOptions.defaults());
            GuestOutcomes.successful(measured.execution().outcome());
            if (run >= 0) { // the first run warms up
                samples[run] = measured.mips();
            }
        }
        return Measurement.of("emulator.mips", "MIPS", samples, hashPerSecond, EMULATOR_MIPS);
    }
}
