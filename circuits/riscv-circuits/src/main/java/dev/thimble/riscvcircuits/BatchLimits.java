package dev.thimble.riscvcircuits;

import dev.thimble.air.AirProgram;
import dev.thimble.air.Bus;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What one batch holds at most, so that its global bus is sound; the verifier rejects more. */
public final class BatchLimits {
    /** Bound on Σ instances·rows·slots of the global bus: far below p, so that p copies of a message cannot cancel. */
    public static final long MAXIMUM_MESSAGES = 1L << 30;
    /** Bound on the instances of a type: a segment's number has 16 bits, as timestamps have. */
    public static final int MAXIMUM_INSTANCES = 1 << 16;

    private BatchLimits() {}

    /** Slots of the global bus in one instance: all rows count, selected or not. */
    public static long messages(AirProgram program) {
        return (long) program.height() * program.interactions(Bus.Scope.GLOBAL).size();
    }

    /**
     * Why no batch has so many instances; empty if one may have them.
     *
     * @param circuits the program of every circuit type
     * @param instances how many of each type; none of those not named
     */
    public static Optional<String> complaint(Map<CircuitType, AirProgram> circuits, Map<CircuitType, Long> instances) {
        long messages = 0;
        for (var type : CircuitType.values()) {
            long count = instances.getOrDefault(type, 0L);
            if (count < 0 || count > MAXIMUM_INSTANCES) {
                return Optional.of(String.format(
                        Locale.ROOT, "%d instances of %s; a batch has 0 to %d", count, type, MAXIMUM_INSTANCES));
            }
            messages += count * messages(Objects.requireNonNull(circuits.get(type)));
        }
        return messages < MAXIMUM_MESSAGES
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "its %s instances have %d messages on the global bus, which holds fewer than %d",
                        instances,
                        messages,
                        MAXIMUM_MESSAGES));
    }
}
