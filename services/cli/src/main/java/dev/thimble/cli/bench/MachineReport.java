package dev.thimble.cli.bench;

import dev.thimble.field.Workers;
import dev.thimble.hash.HashKernels;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The machine of a measurement.
 *
 * @param cpu its processor's name
 * @param cores processors that the JVM may use
 * @param ramBytes memory
 * @param jdk version of the running JDK
 * @param hashKernel the kernels that hashed
 * @param hashPerSecond1 permutations per second on one thread
 * @param hashPerSecond2 permutations per second on two threads
 */
record MachineReport(
        String cpu,
        int cores,
        long ramBytes,
        String jdk,
        String hashKernel,
        double hashPerSecond1,
        double hashPerSecond2) {
    private static final int STATES = 1 << 12;
    private static final int WIDTH = 16;
    private static final int BATCHES = 64;
    private static final int RUNS = 7;

    /** Describes this machine and measures its hash rate, the median of a few runs. */
    static MachineReport measure() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        var kernels = HashKernels.vector().orElseGet(HashKernels::scalar);
        return new MachineReport(
                processor(),
                Runtime.getRuntime().availableProcessors(),
                system.getTotalMemorySize(),
                Runtime.version().toString(),
                kernels.name(),
                hashPerSecond(kernels, 1),
                hashPerSecond(kernels, 2));
    }

    private static double hashPerSecond(HashKernels kernels, int threads) {
        try (var workers = new Workers(threads)) {
            var rates = new double[RUNS];
            for (int run = -1; run < RUNS; run++) {
                long start = System.nanoTime();
                workers.forEach(threads, _ -> hash(kernels));
                double seconds = (System.nanoTime() - start) * 1e-9;
                if (run >= 0) { // the first run warms up
                    rates[run] = (double) threads * BATCHES * STATES / seconds;
                }
            }
            Arrays.sort(rates);
            return rates[RUNS / 2];
        }
    }

    private static void hash(HashKernels kernels) {
        var states = new int[STATES * WIDTH];
        Arrays.setAll(states, i -> i);
        for (int batch = 0; batch < BATCHES; batch++) {
            kernels.permute(states, STATES);
        }
    }

    private static String processor() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }
}
