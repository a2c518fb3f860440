package dev.thimble.workers;

import dev.thimble.jobqueue.JobFailure;
import dev.thimble.model.ArtifactName;
import dev.thimble.model.BatchDescription;
import dev.thimble.model.BatchExecution;
import dev.thimble.model.ErrorCode;
import dev.thimble.pipeline.ProvingSetup;
import dev.thimble.riscv.Execution;
import dev.thimble.riscv.Outcome;
import java.util.List;

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
}
