package dev.thimble.riscv;

import java.util.List;

/**
 * Some calls of one precompile, or of several that one circuit proves: the circuit input of one instance of that circuit.
 * Immutable. {@link CallsCodec} has its canonical bytes.
 *
 * @param instance number of the instance among those of its circuit, from 0
 * @param calls the calls, in the order of the execution
 */
public record CallsInput(int instance, List<PrecompileCall> calls) {
    public CallsInput {
        calls = List.copyOf(calls);
        if (instance < 0) {
            throw new IllegalArgumentException("instance " + instance + " is negative");
        }
    }
}
