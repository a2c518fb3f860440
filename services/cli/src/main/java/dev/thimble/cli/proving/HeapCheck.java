package dev.thimble.cli.proving;

import dev.thimble.air.AirProgram;
import dev.thimble.air.Stage;
import dev.thimble.cli.command.CommandFailure;
import dev.thimble.riscvcircuits.BasicCircuits;
import dev.thimble.riscvcircuits.CircuitType;
import dev.thimble.riscvcircuits.Profile;

/** The heap that proving in a profile takes; formula of docs/profiles.md. */
public final class HeapCheck {
    private static final long FIXED_BYTES = 96L << 20;
    private static final int MATRICES = 5;
    private static final int DIGEST_BYTES = 32;

    private HeapCheck() {}

    /**
     * Refuses to begin with too little.
     *
     * @throws CommandFailure HEAP_TOO_SMALL naming both figures
     */
    static void require(BasicCircuits circuits) {
        long needed = 0;
        for (CircuitType type : CircuitType.values()) {
            needed = Math.max(needed, neededBytes(circuits.profile(), circuits.air(type)));
        }
        long available = Runtime.getRuntime().maxMemory();
        if (available < needed) {
            throw CommandFailure.environment(
                    "HEAP_TOO_SMALL",
                    "profile " + circuits.profile().id() + " needs a heap of " + (needed >> 20) + " MB, this one has "
                            + (available >> 20) + " MB",
                    "Set THIMBLE_HEAP_MB=" + ((needed >> 20) + 256) + " or more, or take a smaller --profile.");
        }
    }

    /**
     * How many witness traces of a profile this heap holds at once: the largest one counts, and 96 MB are for everything else.
     *
     * @throws CommandFailure HEAP_TOO_SMALL if it is not even one
     */
    public static int tracesThatFit(Profile profile) {
        long largest = 0;
        for (var air : BasicCircuits.programs(profile).values()) {
            long columns = (long) air.width(Stage.SHARED) + air.width(Stage.MAIN);
            largest = Math.max(largest, columns * air.height() * Integer.BYTES);
        }
        long available = Runtime.getRuntime().maxMemory() - FIXED_BYTES;
        if (available < largest) {
            throw CommandFailure.environment(
                    "HEAP_TOO_SMALL",
                    "a trace of profile " + profile.id() + " takes up to " + (largest >> 20)
                            + " MB, more than this heap of "
                            + (Runtime.getRuntime().maxMemory() >> 20) + " MB holds",
                    "Set THIMBLE_HEAP_MB=" + (((largest + FIXED_BYTES) >> 20) + 64) + " or more.");
        }
        return Math.toIntExact(available / largest);
    }

    /** 96 MB + 3/2 · N · (4·columns·(1 + blow-up) + 5·blow-up·64) bytes for N rows. */
    static long neededBytes(Profile profile, AirProgram air) {
        long blowup = 1L << profile.parameters().logBlowup();
        long columns = (long) air.committedColumns() * Integer.BYTES * (1 + blowup);
        long trees = MATRICES * blowup * 2 * DIGEST_BYTES;
        return FIXED_BYTES + air.height() * (columns + trees) * 3 / 2;
    }
}
