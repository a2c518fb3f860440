package dev.thimble.riscv;

import java.util.List;

/** How a run ended. */
public sealed interface Outcome {

    /**
     * The program called HALT.
     *
     * @param exitCode its argument
     * @param output the 8 committed words if the exit code is 0, otherwise empty
     */
    record Halted(int exitCode, List<Integer> output) implements Outcome {
        public Halted {
            output = List.copyOf(output);
        }
    }

    /**
     * The program did what the machine forbids. Registers and memory are as before that instruction.
     *
     * @param kind what it did
     * @param pc address of the instruction (for a fetch fault: the address fetched from)
     * @param address the offending address; for illegal instructions the word, for system calls their argument
     * @param message one line for people
     */
    record Trapped(TrapKind kind, int pc, int address, String message) implements Outcome {}

    /**
     * The run was stopped after the allowed number of cycles.
     *
     * @param cycles executed instructions
     */
    record LimitReached(long cycles) implements Outcome {}
}
