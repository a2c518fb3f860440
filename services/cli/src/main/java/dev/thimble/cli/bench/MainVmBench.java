package dev.thimble.cli.bench;

import dev.thimble.air.AirProgram;
import dev.thimble.air.Stage;
import dev.thimble.cli.command.Context;
import dev.thimble.cli.command.OutputFolder;
import dev.thimble.cli.command.Progress;
import dev.thimble.cli.command.Setting;
import dev.thimble.cli.proving.GuestFiles;
import dev.thimble.cli.proving.KeyFolder;
import dev.thimble.cli.proving.ProvingRun;
import dev.thimble.cli.proving.RunCommand;
import dev.thimble.field.Workers;
import dev.thimble.fri.Verdict;
import dev.thimble.hash.Digest;
import dev.thimble.pipeline.BasicRound;
import dev.thimble.pipeline.CircuitInput;
import dev.thimble.pipeline.ProvingSetup;
import dev.thimble.riscv.ExecutionOptions;
import dev.thimble.riscv.Program;
import dev.thimble.riscvcircuits.BatchSeed;
import dev.thimble.riscvcircuits.CircuitType;
import dev.thimble.riscvcircuits.Profile;
import dev.thimble.starkprover.Engine;
import dev.thimble.starkprover.ProgressListener;
import dev.thimble.starkverifier.PublicInputs;
import dev.thimble.starkverifier.StarkVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Proving header-chain under profile laptop: the whole batch, and one full segment on one and two threads. */
final class MainVmBench {
    private static final int RUNS = 3;
    private static final int VERIFY_RUNS = 9;
    private static final Bar CYCLES = Bar.atLeast(20_000);
    private static final Bar COLUMNS = Bar.atMost(260);
    private static final Bar OVER_HASH = Bar.atMost(2.2);
    private static final Bar HEAP = Bar.atMost(4.0 * (1L << 30));
    private static final Bar VERIFY = Bar.atMost(0.2);
    private static final Bar SPEEDUP = Bar.atLeast(1.7);

    private final Context context;
    private final MachineReport machine;
    private final Progress progress;
    private final Program program;
    private final byte[] input;
    private final List<Measurement> results = new ArrayList<>();

    MainVmBench(Context context, MachineReport machine, Progress progress) {
        this.context = context;
        this.machine = machine;
        this.progress = progress;
        this.program = GuestFiles.program(context.root().resolve("guest/bin/header-chain.elf"))
                .program();
        this.input = GuestFiles.input(context.root().resolve("guest/inputs/headers.bin"));
    }

    List<Measurement> run() throws IOException {
        wholeBatch();
        oneSegment();
        return results;
    }

    private void wholeBatch() throws IOException {
        var cycles = new double[RUNS];
        var heap = new double[RUNS];
        var perCycle = new double[RUNS];
        var settings = context.settings().withFlag(Setting.PROFILE, Profile.LAPTOP.id());
        for (int run = -1; run < RUNS; run++) {
            progress.step("proving header-chain under laptop, run " + (run + 2) + " of " + (RUNS + 1));
            var folder = Files.createTempDirectory(context.home(), "bench-");
            try (var workers = new Workers(2)) {
                var report = new ProvingRun(context, settings, progress, workers)
                        .prove(program, input, folder.resolve("out"));
                if (run >= 0) { // the first run warms up and makes setup data
                    cycles[run] = report.cyclesPerSecond();
                    heap[run] = report.peakHeapBytes();
                    perCycle[run] = (double) cells(report.instances()) / report.cycles();
                }
            } finally {
                OutputFolder.deleteTree(folder);
            }
        }
        add("main_vm.cycles_s", "cycles/s", cycles, CYCLES);
        add("main_vm.cells_per_cycle", "cells", perCycle, null);
        add("prove.heap_bytes", "bytes", heap, HEAP);
    }

    private static long cells(Map<CircuitType, Integer> instances) {
        return RunCommand.cells(Profile.LAPTOP, instances).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private void oneSegment() throws IOException {
        try (var two = new Workers(2);
                var one = new Workers(1)) {
            var engine = Engine.best(two);
            var setup = new KeyFolder(context, progress).load(Profile.LAPTOP, program, engine);
            var inputs = new ArrayList<CircuitInput>();
            BasicRound.execute(Profile.LAPTOP, program, input, ExecutionOptions.defaults(), inputs::add);
            var segment = inputs.getFirst();
            var shared = BasicRound.commit(setup, segment, engine);
            var air = setup.keys().key(CircuitType.MAIN_VM).program();
            add("main_vm.columns", "columns", new double[] {air.committedColumns()}, COLUMNS);
            progress.step("proving one segment on one thread and on two");
            var onTwo = new double[RUNS];
            var onOne = new double[RUNS];
            var proof = new byte[0];
            for (int run = 0; run < RUNS; run++) {
                long start = System.nanoTime();
                proof = prove(setup, segment, shared, engine);
                onTwo[run] = (System.nanoTime() - start) * 1e-9;
                start = System.nanoTime();
                prove(setup, segment, shared, new Engine(one, engine.field(), engine.hash()));
                onOne[run] = (System.nanoTime() - start) * 1e-9;
            }
            double hashSeconds = permutations(air) / machine.hashPerSecond2();
            add(
                    "prove.over_hash",
                    "ratio",
                    Arrays.stream(onTwo).map(s -> s / hashSeconds).toArray(),
                    OVER_HASH);
            var speedup = new double[RUNS];
            Arrays.setAll(speedup, run -> onOne[run] / onTwo[run]);
            add("threads2.speedup", "ratio", speedup, SPEEDUP);
            verify(setup, proof);
        }
    }

    private static byte[] prove(ProvingSetup setup, CircuitInput segment, Digest shared, Engine engine) {
        var trace = BasicRound.trace(setup, segment);
        return BasicRound.prove(setup, CircuitType.MAIN_VM, trace, seed(), shared, engine, ProgressListener.none());
    }

    private static BatchSeed seed() {
        return new BatchSeed(Digest.of(1, 2, 3, 4, 5, 6, 7, 8), 0);
    }

    /** Permutations of the leaves and nodes of all trees over columns: shared, main, lookup, quotient. */
    private static double permutations(AirProgram air) {
        double length = 2.0 * air.height();
        int[] widths = {air.width(Stage.SHARED), air.width(Stage.MAIN), air.width(Stage.LOOKUP), air.quotientWidth()};
        return Arrays.stream(widths)
                .mapToDouble(width -> length * (Math.ceilDiv(width, 8) + 1))
                .sum();
    }

    private void verify(ProvingSetup setup, byte[] proof) {
        progress.step("verifying one proof");
        var key = setup.keys().key(CircuitType.MAIN_VM);
        var samples = new double[VERIFY_RUNS];
        for (int run = -VERIFY_RUNS; run < VERIFY_RUNS; run++) {
            long start = System.nanoTime();
            var verdict = StarkVerifier.verify(key, PublicInputs.ofBatch(seed().digest()), proof);
            if (!verdict.equals(Verdict.accepted())) {
                throw new IllegalStateException("a fresh proof does not verify: " + verdict);
            }
            if (run >= 0) { // as many runs warm up
                samples[run] = (System.nanoTime() - start) * 1e-9;
            }
        }
        add("verify.seconds", "s", samples, VERIFY);
    }

    private void add(String name, String unit, double[] samples, @Nullable Bar bar) {
        results.add(Measurement.of(name, unit, samples, machine.hashPerSecond2(), bar));
    }
}
