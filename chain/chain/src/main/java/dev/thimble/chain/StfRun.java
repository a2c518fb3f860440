package dev.thimble.chain;

import java.util.Optional;

/**
 * A finished run of the state transition function.
 *
 * @param result how it ended
 * @param notes what it told
 * @param witnessBytes size of the hint words it read
 * @param cost what proving it takes; only the emulator knows
 */
public record StfRun(Result result, StfNotes notes, long witnessBytes, Optional<StfCost> cost) {
    /** How a run ended. */
    public sealed interface Result {
        /** With exit code 0 and this output: it can be proven. */
        record Accepted(Bytes32 output) implements Result {}

        /** With another exit code: it cannot be proven. */
        record Refused(int exitCode, String reason) implements Result {
            private static final int UNSUPPORTED = 15;
            private static final int MISSING_WITNESS = 13;

            /** Whether a block or transaction needs what the program does not have, instead of breaking a rule. */
            public boolean unsupported() {
                return exitCode == UNSUPPORTED;
            }

            /** Whether the host lacks a part of the state, which says nothing about the blocks. */
            public boolean lacksWitness() {
                return exitCode == MISSING_WITNESS;
            }
        }

        /** By a trap, which no input should bring about: a fault of the program. */
        record Trapped(String message) implements Result {}
    }

    static Result halted(int exitCode, byte[] output, StfHost host) {
        if (exitCode == 0) {
            return new Result.Accepted(Bytes32.of(output));
        }
        String reason = host.notes().reason();
        return new Result.Refused(
                exitCode, host.complaint().isEmpty() ? reason : reason + " (" + host.complaint() + ")");
    }
}
