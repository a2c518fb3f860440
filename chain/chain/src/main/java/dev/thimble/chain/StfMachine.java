package dev.thimble.chain;

/** Something that runs the programs of the state transition function. Every machine gives the same results. */
public sealed interface StfMachine permits NativeMachine, EmulatorMachine {
    /**
     * Runs a program with a host of its own.
     *
     * @param input as {@link StfInput} makes it
     */
    StfRun run(StfProgram program, byte[] input, StfHost host);
}
