package dev.thimble.workers;

import dev.thimble.jobqueue.BasicCircuitsPlan;
import dev.thimble.jobqueue.JobFailure;
import dev.thimble.model.ArtifactName;
import dev.thimble.model.BatchDescription;
import dev.thimble.model.ErrorCode;
import dev.thimble.pipeline.BasicRound;
import dev.thimble.pipeline.CircuitInput;
import dev.thimble.pipeline.ProvingSetup;
import dev.thimble.riscv.Execution;
import dev.thimble.riscv.ExecutionOptions;
import dev.thimble.riscv.HintSource;
import dev.thimble.riscv.MalformedSegmentException;
import dev.thimble.riscv.WitnessInput;
import dev.thimble.riscvcircuits.BasicCircuits;
import dev.thimble.riscvcircuits.CircuitType;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The circuit inputs of one batch in the store. One that is lost is made again by running the program. */
final class CircuitInputs {
    private final BatchArtifacts artifacts;
    private final BatchDescription description;
    private final BasicCircuits circuits;
    private final SortedMap<String, Integer> stored = new TreeMap<>();

    CircuitInputs(BatchArtifacts artifacts, BatchDescription description, ProvingSetup setup) {
        this(artifacts, description, setup.circuits());
    }

    CircuitInputs(BatchArtifacts artifacts, BatchDescription description, BasicCircuits circuits) {
        this.artifacts = artifacts;
        this.description = description;
        this.circuits = circuits;
    }

    /** How many inputs of each type were stored. */
    SortedMap<String, Integer> stored() {
        return stored;
    }

    /** Runs the program and stores every input. */
    Execution storeAll(Runnable afterEach) throws JobFailure, InterruptedException {
        return store(_ -> true, afterEach);
    }

    /** The input of one instance. */
    CircuitInput read(CircuitType type, int index) throws JobFailure, InterruptedException {
        try {
            return decode(type, index);
        } catch (JobFailure e) {
            if (!BatchArtifacts.isLost(e)) {
                throw e;
            }
            store(input -> input.type() == type && input.index() == index, () -> {});
            return decode(type, index);
        }
    }

    private CircuitInput decode(CircuitType type, int index) throws JobFailure, InterruptedException {
        ArtifactName name = name(type, index);
        try {
            return CircuitInput.decode(type, artifacts.read(name));
        } catch (MalformedSegmentException e) {
            throw new JobFailure(ErrorCode.ARTIFACT_CORRUPT, "artifact " + name + ": " + e.getMessage(), e);
        }
    }

    private ArtifactName name(CircuitType type, int index) {
        return artifacts.ofInstance(BasicCircuitsPlan.CIRCUIT_INPUT, type.name(), index);
    }

    private Execution store(Predicate<CircuitInput> wanted, Runnable afterEach)
            throws JobFailure, InterruptedException {
        WitnessInput witness = artifacts.witness(description);
        ExecutionOptions options = ExecutionOptions.defaults().withHints(HintSource.of(witness.hints()));
        try {
            return BasicRound.execute(
                    circuits.profile(), circuits.program(), witness.input(), options, circuitInput -> {
                        if (wanted.test(circuitInput)) {
                            put(circuitInput);
                            afterEach.run();
                        }
                    });
        } catch (PutFailed e) {
            throw e.failure;
        } catch (PutInterrupted e) {
            throw e.interrupted;
        }
    }

    private void put(CircuitInput input) {
        try {
            artifacts.put(name(input.type(), input.index()), input.encode());
            stored.merge(input.type().name(), 1, Integer::sum);
        } catch (JobFailure e) {
            throw new PutFailed(e);
        } catch (InterruptedException e) {
            throw new PutInterrupted(e);
        }
    }

    /** Carries a failure of the store through the execution. */
    private static final class PutFailed extends RuntimeException {
        private final transient JobFailure failure;

        PutFailed(JobFailure failure) {
            super(failure);
            this.failure = failure;
        }
    }

    /** Carries an interrupt through the execution. */
    private static final class PutInterrupted extends RuntimeException {
        private final transient InterruptedException interrupted;

        PutInterrupted(InterruptedException interrupted) {
            super(interrupted);
            this.interrupted = interrupted;
        }
    }
}
