package dev.thimble.cli.bench;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One measured quantity.
 *
 * @param name as docs/cli.md lists it
 * @param value the median
 * @param unit "…/s" for rates, "s" for times, otherwise what is counted
 * @param runs how many times it was measured
 * @param ratioToHash the value in permutations: a rate divided by the hash rate of the same run, a time multiplied by it;
 *     absent for what is neither. It compares across machines
 * @param bar what the value has to reach on the reference machine, if anything
 * @param met whether it does; absent without a bar
 */
record Measurement(
        String name,
        double value,
        String unit,
        double median,
        double min,
        double max,
        int runs,
        @Nullable Double ratioToHash,
        @Nullable Double bar,
        @Nullable Boolean met) {

    /** Summarizes samples. */
    static Measurement of(String name, String unit, double[] samples, double hashPerSecond, @Nullable Bar bar) {
        if (samples.length == 0) {
            throw new IllegalArgumentException("no samples of " + name);
        }
        var sorted = samples.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Measurement(
                name,
                median,
                unit,
                median,
                sorted[0],
                sorted[sorted.length - 1],
                sorted.length,
                ratio(unit, median, hashPerSecond),
                bar == null ? null : bar.limit(),
                bar == null ? null : bar.metBy(median));
    }

    private static @Nullable Double ratio(String unit, double value, double hashPerSecond) {
        if (unit.endsWith("/s")) {
            return value / hashPerSecond;
        }
        return unit.equals("s") ? (Double) (value * hashPerSecond) : null;
    }

    boolean missed() {
        return Boolean.FALSE.equals(met);
    }
}
