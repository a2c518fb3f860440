package dev.thimble.cli.bench;

import dev.thimble.bn254.Fft;
import dev.thimble.bn254.FixedBase;
import dev.thimble.bn254.Fr;
import dev.thimble.bn254.G1;
import dev.thimble.bn254.G1Points;
import dev.thimble.bn254.Msm;
import dev.thimble.bn254.Parallel;
import dev.thimble.bn254.PrimeField;
import dev.thimble.cli.command.Context;
import dev.thimble.cli.command.Progress;
import java.util.ArrayList;
import java.util.List;

/** {@code bench compress}: the SNARK half of the compressor at 2^20 rows, and what its proof costs on L1. */
final class CompressBenchSuite implements BenchSuite {
    private static final int LOG_SIZE = 20;
    private static final int RUNS = 3;
    private static final int MULTIPLICATIONS = 1 << 20;
    private static final double NANOS_PER_MULTIPLICATION = 90;
    private static final double MICROS_PER_POINT_AND_WINDOW = 1.1;
    private static final double PLONK_SECONDS = 110;

    @Override
    public String name() {
        return "compress";
    }

    @Override
    public List<Measurement> run(Context context, MachineReport machine, Progress progress) throws Exception {
        var results = new ArrayList<Measurement>();
        try (var parallel = new Parallel(Math.min(2, machine.cores()))) {
            progress.step("measuring the multiplication of Fq");
            results.add(multiplication(machine));
            progress.step("measuring sums and transforms of 2^" + LOG_SIZE);
            long[] scalars = Fft.powers(Fr.of(3), Fr.of(7).inverse(), 1 << LOG_SIZE, parallel);
            results.addAll(sum(scalars, machine, parallel));
            results.add(transform(scalars, machine, parallel));
        }
        results.addAll(
                new PlonkBench(context, machine, progress).run(LOG_SIZE, "plonk", Bar.atMost(PLONK_SECONDS), null));
        results.addAll(L1GasBench.run(machine, progress));
        return results;
    }

    private static Measurement multiplication(MachineReport machine) {
        var field = PrimeField.FQ;
        long[] a = new long[4 << 10];
        long[] b = new long[4 << 10];
        for (int i = 0; i < a.length; i += 4) {
            Fr.of(i + 3).inverse().store(a, i); // below r, so below q
            Fr.of(i + 5).inverse().store(b, i);
        }
        var samples = new double[RUNS];
        for (int run = -3; run < RUNS; run++) {
            long start = System.nanoTime();
            for (int k = 0; k < MULTIPLICATIONS; k++) {
                int at = 4 * (k & 1023);
                field.mul(a, at, a, at, b, at);
            }
            if (run >= 0) { // the first runs warm up
                samples[run] = (double) (System.nanoTime() - start) / MULTIPLICATIONS;
            }
        }
        return Measurement.of(
                "fq.mul_ns", "ns", samples, machine.hashPerSecond1(), Bar.atMost(NANOS_PER_MULTIPLICATION));
    }

    /** The sum's cost is given twice: as a rate, and as core time per point and window, which has the bar. */
    private static List<Measurement> sum(long[] scalars, MachineReport machine, Parallel parallel) {
        int count = 1 << LOG_SIZE;
        int windows = Msm.windowsFor(count);
        var bases = G1Points.allocate(count);
        new FixedBase(G1.GENERATOR).multiplyAll(scalars, bases, parallel);
        var rates = new double[RUNS];
        var micros = new double[RUNS];
        for (int run = -1; run < RUNS; run++) {
            long start = System.nanoTime();
            Msm.multiply(bases, scalars, count, parallel);
            double seconds = (System.nanoTime() - start) * 1e-9;
            if (run >= 0) {
                rates[run] = count / seconds;
                micros[run] = seconds * 1e6 * parallel.threads() / ((double) count * windows);
            }
        }
        return List.of(
                Measurement.of("msm.points_s", "points/s", rates, machine.hashPerSecond2(), null),
                Measurement.of(
                        "msm.point_window_us",
                        "us",
                        micros,
                        machine.hashPerSecond2(),
                        Bar.atMost(MICROS_PER_POINT_AND_WINDOW)));
    }

    private static Measurement transform(long[] values, MachineReport machine, Parallel parallel) {
        var fft = new Fft(LOG_SIZE, parallel);
        var samples = new double[RUNS];
        for (int run = -1; run < RUNS; run++) {
            long start = System.nanoTime();
            fft.forward(values);
            if (run >= 0) {
                samples[run] = (System.nanoTime() - start) * 1e-6;
            }
        }
        return Measurement.of("fft.ms", "ms", samples, machine.hashPerSecond2(), null);
    }
}
