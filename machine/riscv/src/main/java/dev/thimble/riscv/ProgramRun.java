package dev.thimble.riscv;

import java.util.function.Consumer;

/**
 * Runs a program and measures it.
 *
 * @param execution what came out
 * @param seconds time the execution took
 */
public record ProgramRun(Execution execution, double seconds) {

    /** Runs a program without keeping its segments. */
    public static ProgramRun of(Program program, byte[] input, ExecutionOptions options) {
        return of(program, input, options, _ -> {});
    }

    /** Runs a program and hands out its segments. */
    public static ProgramRun of(
            Program program, byte[] input, ExecutionOptions options, Consumer<SegmentInput> segments) {
        GuestInput guestInput = GuestInput.of(input);
        long start = System.nanoTime();
        Execution execution = Executor.execute(program, guestInput, options, segments);
        return new ProgramRun(execution, (System.nanoTime() - start) * 1e-9);
    }

    /** Returns millions of executed instructions per second. */
    public double mips() {
        return execution.cycles() / seconds * 1e-6;
    }
}
