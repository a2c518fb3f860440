package dev.thimble.chain;

/**
 * A run of the state transition function that can be proven.
 *
 * @param host answers one execution
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ProvableRun(StfProgram program, byte[] input, StfHost host) {}
