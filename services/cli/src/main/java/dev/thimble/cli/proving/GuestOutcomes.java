package dev.thimble.cli.proving;

import dev.thimble.cli.command.CommandFailure;
import dev.thimble.riscv.Outcome.Halted;
import dev.thimble.riscv.Outcome.LimitReached;
import dev.thimble.riscv.Outcome.Trapped;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;

/** What a finished guest means for a command. */
public final class GuestOutcomes {
    private GuestOutcomes() {}

    /**
     * The run if it ended with exit code 0.
     *
     * @throws CommandFailure GUEST_TRAP or GUEST_EXIT
     */
    public static Halted successful(dev.thimble.riscv.Outcome outcome) {
        return switch (outcome) {
            case Halted halted when halted.exitCode() == 0 -> halted;
            case Halted halted ->
                throw CommandFailure.environment(
                        "GUEST_EXIT",
                        "the program ended with exit code " + Integer.toUnsignedString(halted.exitCode()),
                        "It refused its input: check --input.");
            case Trapped trap ->
                throw CommandFailure.environment(
                        "GUEST_TRAP",
                        "the program trapped: " + trap.message(),
                        "A trap cannot be proven. Check the program and --input.");
            case LimitReached limit ->
                throw CommandFailure.environment(
                        "GUEST_CYCLES", "the program did not end within " + limit.cycles() + " cycles", "");
        };
    }

    /** The 8 output words as the 32 bytes they are in the guest's memory (little-endian words), 0x-hex. */
    static String hex(List<Integer> output) {
        var bytes = ByteBuffer.allocate(4 * output.size()).order(ByteOrder.LITTLE_ENDIAN);
        output.forEach(bytes::putInt);
        return "0x" + HexFormat.of().formatHex(bytes.array());
    }
}
