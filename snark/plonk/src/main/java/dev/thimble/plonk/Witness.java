package dev.thimble.plonk;

import dev.thimble.bn254.Fr;
import java.util.ArrayList;
import java.util.List;

/** A value for every signal of a circuit. */
public final class Witness {
    private final long[] limbs;

    /** All signals zero. */
    public Witness(PlonkCircuit circuit) {
        this(circuit.signals());
    }

    /** All signals zero, for a circuit with this many signals. */
    public Witness(int signals) {
        limbs = new long[Math.multiplyExact(4, signals)];
    }

    /** Number of signals, the zero signal included. */
    public int size() {
        return limbs.length / 4;
    }

    /**
     * Sets a signal.
     *
     * @throws IllegalArgumentException for signal 0, which is always zero, and for one that does not exist
     */
    public Witness set(int signal, Fr value) {
        if (signal <= 0 || signal >= size()) {
            throw new IllegalArgumentException("signal " + signal + " cannot be set");
        }
        value.store(limbs, 4 * signal);
        return this;
    }

    /** The value of a signal. */
    public Fr get(int signal) {
        return Fr.load(limbs, 4 * signal);
    }

    /** The values of signals 1 … count. */
    public List<Fr> publicInputs(int count) {
        List<Fr> inputs = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            inputs.add(get(i));
        }
        return inputs;
    }

    /** The values in Montgomery form, four limbs each; writing to them sets signals. */
    public long[] limbs() {
        return limbs;
    }
}
