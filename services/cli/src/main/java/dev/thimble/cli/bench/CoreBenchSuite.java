package dev.thimble.cli.bench;

import dev.thimble.cli.command.Context;
import dev.thimble.cli.command.Progress;
import dev.thimble.cli.proving.GuestFiles;
import dev.thimble.cli.proving.GuestOutcomes;
import dev.thimble.field.FieldKernels;
import dev.thimble.hash.HashKernels;
import dev.thimble.hash.Poseidon2;
import dev.thimble.riscv.ExecutionOptions;
import dev.thimble.riscv.ProgramRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code bench core}: the emulator and the proof system. */
final class CoreBenchSuite implements BenchSuite {
    private static final int RUNS = 5;
    private static final Bar EMULATOR_MIPS = Bar.atLeast(80);
    private static final Bar VECTOR_NS = Bar.atMost(620);
    private static final Bar SCALAR_NS = Bar.atMost(2_600);
    private static final Bar VECTOR_CELLS = Bar.atLeast(8e6);
    private static final Bar SCALAR_CELLS = Bar.atLeast(1.8e6);
    private static final int STATES = 1 << 14;

    @Override
    public String name() {
        return "core";
    }

    @Override
    public List<Measurement> run(Context context, MachineReport machine, Progress progress) throws IOException {
        var results = new ArrayList<Measurement>();
        progress.step("measuring the emulator");
        results.add(emulator(context.root(), machine.hashPerSecond1()));
        progress.step("measuring permutation and commitments");
        results.add(
                permutation("permutation.vector.ns", HashKernels.vector().orElseGet(HashKernels::scalar), VECTOR_NS));
        results.add(permutation("permutation.scalar.ns", HashKernels.scalar(), SCALAR_NS));
        results.add(CommitBench.measure(
                "commit.vector.cells_s",
                FieldKernels.vector().orElseGet(FieldKernels::scalar),
                HashKernels.vector().orElseGet(HashKernels::scalar),
                machine.hashPerSecond2(),
                VECTOR_CELLS));
        results.add(CommitBench.measure(
                "commit.scalar.cells_s",
                FieldKernels.scalar(),
                HashKernels.scalar(),
                machine.hashPerSecond2(),
                SCALAR_CELLS));
        results.addAll(new MainVmBench(context, machine, progress).run());
        return results;
    }

    private static Measurement permutation(String name, HashKernels kernels, Bar bar) {
        var states = new int[STATES * Poseidon2.WIDTH];
        Arrays.setAll(states, i -> i);
        var samples = new double[RUNS];
        for (int run = -RUNS; run < RUNS; run++) {
            long start = System.nanoTime();
            kernels.permute(states, STATES);
            if (run >= 0) { // as many runs warm up
                samples[run] = (double) (System.nanoTime() - start) / STATES;
            }
        }
        return Measurement.of(name, "ns", samples, 0, bar);
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
