package dev.thimble.starkprover;

import dev.thimble.air.AirProgram;
import dev.thimble.air.Stage;
import dev.thimble.fri.FriParameters;
import dev.thimble.starkverifier.Protocol;
import dev.thimble.starkverifier.VerifyingKey;
import java.util.Optional;

/** A verification key with the preprocessed columns, their extension and its tree. Immutable, shared by provers. */
public final class ProvingKey {
    private final VerifyingKey verifyingKey;
    private final Optional<CommittedMatrix> preprocessed;

    private ProvingKey(VerifyingKey verifyingKey, Optional<CommittedMatrix> preprocessed) {
        this.verifyingKey = verifyingKey;
        this.preprocessed = preprocessed;
    }

    /**
     * Makes the key of a circuit. Deterministic: equal arguments give equal keys.
     *
     * @param circuitType a number below p that names the circuit and its profile
     * @param preprocessed the preprocessed columns in Montgomery form, natural row order; not copied
     */
    public static ProvingKey generate(
            Protocol protocol,
            int circuitType,
            AirProgram program,
            FriParameters parameters,
            int[][] preprocessed,
            Engine engine) {
        requireShape("preprocessed", program, Stage.PREPROCESSED, preprocessed);
        requirePermutation(protocol, engine);
        Optional<CommittedMatrix> committed = preprocessed.length == 0
                ? Optional.empty()
                : Optional.of(CommittedMatrix.of(preprocessed, program.logHeight(), parameters, engine));
        return of(protocol, circuitType, program, parameters, committed);
    }

    static ProvingKey of(
            Protocol protocol,
            int circuitType,
            AirProgram program,
            FriParameters parameters,
            Optional<CommittedMatrix> committed) {
        VerifyingKey key =
                new VerifyingKey(protocol, circuitType, program, parameters, committed.map(CommittedMatrix::cap));
        return new ProvingKey(key, committed);
    }

    public VerifyingKey verifyingKey() {
        return verifyingKey;
    }

    /** The preprocessed columns in Montgomery form, not copied. */
    public int[][] preprocessedColumns() {
        return preprocessed.map(CommittedMatrix::values).orElseGet(() -> new int[0][]);
    }

    Optional<CommittedMatrix> preprocessed() {
        return preprocessed;
    }

    static void requireShape(String name, AirProgram program, Stage stage, int[][] columns) {
        if (columns.length != program.width(stage)) {
            throw new IllegalArgumentException(name + " of " + program.name() + " must have " + program.width(stage)
                    + " columns: " + columns.length);
        }
        for (int[] column : columns) {
            if (column.length != program.height()) {
                throw new IllegalArgumentException(
                        name + " of " + program.name() + " must have " + program.height() + " rows: " + column.length);
            }
        }
    }

    static void requirePermutation(Protocol protocol, Engine engine) {
        if (engine.hash().permutation().parameters() != protocol.permutation().parameters()) {
            throw new IllegalArgumentException("hash kernels are for another permutation than protocol " + protocol);
        }
    }
}
