package dev.thimble.workers;

import dev.thimble.air.AirProgram;
import dev.thimble.jobqueue.JobFailure;
import dev.thimble.model.ArtifactName;
import dev.thimble.model.BatchDescription;
import dev.thimble.model.BatchExecution;
import dev.thimble.model.ErrorCode;
import dev.thimble.pipeline.ProvingSetup;
import dev.thimble.riscv.Execution;
import dev.thimble.riscv.Outcome;
import dev.thimble.riscvcircuits.BatchLimits;
import dev.thimble.riscvcircuits.CircuitType;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the execution of one batch gave. It follows from the batch's input, so a lost summary is made again and is the same. */
final class Executed {
    private final BatchArtifacts artifacts;
    private final BatchDescription description;
    private final ProvingSetup setup;

    Executed(BatchArtifacts artifacts, BatchDescription description, ProvingSetup setup) {
        this.artifacts = artifacts;
        this.description = description;
        this.setup = setup;
    }

    ArtifactName name() {
        return artifacts.ofBatch(BatchExecution.ARTIFACT);
    }

    BatchExecution read() throws JobFailure, InterruptedException {
        try {
            return artifacts.execution();
        } catch (JobFailure e) {
            if (BatchArtifacts.isLost(e)) {
                return make(() -> {});
            }
            throw e;
        }
    }

    /**
     * Runs the program; stores a circuit input per instance as soon as it is known, and then the summary.
     *
     * @param afterEach run after each circuit input
     */
    BatchExecution make(Runnable afterEach) throws JobFailure, InterruptedException {
        CircuitInputs inputs = new CircuitInputs(artifacts, description, setup);
        Execution execution = inputs.storeAll(afterEach);
        BatchExecution summary = new BatchExecution(output(execution), inputs.stored());
        checkProvable(setup.keys().programs(), inputs.stored());
        artifacts.put(name(), summary.encode());
        return summary;
    }

    private String output(Execution execution) throws JobFailure {
        if (!(execution.outcome() instanceof Outcome.Halted(int exitCode, List<Integer> words)) || exitCode != 0) {
            throw new JobFailure(
                    ErrorCode.BAD_INPUT,
                    "program " + description.program() + " refuses the batch: " + execution.outcome());
        }
        String output = Digests.output(words);
        if (!output.equals(description.expectedOutput())) {
            throw new JobFailure(
                    ErrorCode.BAD_INPUT,
                    "program " + description.program() + " commits to " + output + " but the batch expects "
                            + description.expectedOutput());
        }
        return output;
    }

    /** What no verifier accepts is not begun: whoever sealed the batch may have had no bound. */
    static void checkProvable(Map<CircuitType, AirProgram> circuits, Map<String, Integer> stored) throws JobFailure {
        Map<CircuitType, Long> instances = new EnumMap<>(CircuitType.class);
        stored.forEach((type, count) -> instances.put(CircuitType.valueOf(type), (long) count));
        Optional<String> complaint = BatchLimits.complaint(circuits, instances);
        if (complaint.isPresent()) {
            throw new JobFailure(ErrorCode.BAD_INPUT, "the batch is too large to prove: " + complaint.get());
        }
    }
}
