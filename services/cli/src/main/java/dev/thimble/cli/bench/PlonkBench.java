package dev.thimble.cli.bench;

import dev.thimble.bn254.Fr;
import dev.thimble.bn254.Parallel;
import dev.thimble.cli.command.Context;
import dev.thimble.cli.command.Progress;
import dev.thimble.plonk.Blinding;
import dev.thimble.plonk.Crs;
import dev.thimble.plonk.DevelopmentCrs;
import dev.thimble.plonk.PlonkCircuit;
import dev.thimble.plonk.PlonkProver;
import dev.thimble.plonk.PlonkSetup;
import dev.thimble.plonk.Witness;
import dev.thimble.plonkverifier.PlonkVerifier;
import dev.thimble.plonkverifier.Verdict;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sets up and proves a full circuit of a given size: a chain of squarings, so that no wire is small. */
final class PlonkBench {
    private static final double FILL = 0.85;

    private final Context context;
    private final MachineReport machine;
    private final Progress progress;

    PlonkBench(Context context, MachineReport machine, Progress progress) {
        this.context = context;
        this.machine = machine;
        this.progress = progress;
    }

    /** Measures setup, proof and the peak of the heap, all in one run. */
    List<Measurement> run(int power, String name, Bar secondsBar, @Nullable Bar memoryBar) throws Exception {
        var folder = Files.createTempDirectory(context.home(), "bench-plonk-");
        try (var parallel = new Parallel(Math.min(2, machine.cores()))) {
            progress.step("making a development string of 2^" + power);
            DevelopmentCrs.make(power, "bench", folder.resolve("crs.ptau"), parallel);
            var crs = Crs.open(folder.resolve("crs.ptau"));
            int gates = (int) (FILL * (1 << power));
            var circuit = circuit(gates);
            long start = System.nanoTime();
            var key = new PlonkSetup(
                            circuit, crs, parallel, (step, done) -> progress.at(step, (long) (100 * done), 100))
                    .writeProvingKey(folder.resolve("key"));
            double setup = (System.nanoTime() - start) * 1e-9;
            var witness = witness(circuit, gates);
            progress.step("proving");
            start = System.nanoTime();
            var proof = new PlonkProver(key, crs, parallel, (step, done) -> progress.at(step, (long) (100 * done), 100))
                    .prove(witness, Blinding.secure());
            double seconds = (System.nanoTime() - start) * 1e-9;
            var verdict = PlonkVerifier.verify(key.verificationKey(), proof, witness.publicInputs(2));
            if (!(verdict instanceof Verdict.Accepted)) {
                throw new IllegalStateException("the proof is rejected: " + verdict);
            }
            return List.of(
                    of(name + ".setup_seconds", "s", setup, null),
                    of(name + ".seconds", "s", seconds, secondsBar),
                    of(name + ".heap_bytes", "bytes", peakHeapBytes(), memoryBar));
        } finally {
            delete(folder);
        }
    }

    private Measurement of(String name, String unit, double value, @Nullable Bar bar) {
        return Measurement.of(name, unit, new double[] {value}, machine.hashPerSecond2(), bar);
    }

    /** x₂ = x₁², x₃ = x₂² … after two public inputs, x₁ being the first. */
    private static PlonkCircuit circuit(int gates) {
        var builder = new PlonkCircuit.Builder();
        int previous = builder.publicInput();
        builder.publicInput();
        for (int i = 2; i < gates; i++) {
            int next = builder.wire();
            builder.multiply(previous, previous, next);
            previous = next;
        }
        return builder.build();
    }

    private static Witness witness(PlonkCircuit circuit, int gates) {
        var witness = new Witness(circuit);
        var value = Fr.of(7).inverse();
        witness.set(1, value).set(2, Fr.of(5));
        for (int i = 2; i < gates; i++) {
            value = value.square();
            witness.set(i + 1, value);
        }
        return witness;
    }

    /** Most heap that was in use; points and the mapped key are outside of it. */
    private static double peakHeapBytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToDouble(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }

    private static void delete(Path folder) throws IOException {
        var files = new ArrayList<Path>();
        try (var list = Files.list(folder)) {
            list.forEach(files::add);
        }
        for (var file : files) {
            Files.delete(file);
        }
        Files.delete(folder);
    }
}
