package dev.thimble.workers;

import dev.thimble.jobqueue.BasicCircuitsPlan;
import dev.thimble.jobqueue.JobFailure;
import dev.thimble.jobqueue.JobFunction;
import dev.thimble.jobqueue.JobResult;
import dev.thimble.jobqueue.Lease;
import dev.thimble.model.ArtifactName;
import dev.thimble.model.BatchDescription;
import dev.thimble.model.BatchExecution;
import dev.thimble.model.ErrorCode;
import dev.thimble.pipeline.ProvingSetup;
import dev.thimble.riscv.Execution;
import dev.thimble.riscv.Outcome;
import java.util.List;

/** Runs a batch's program, stores a circuit input per instance as soon as it is known, and plans the commitments. */
final class ExecuteJob implements JobFunction {
    private final Workshop workshop;

    ExecuteJob(Workshop workshop) {
        this.workshop = workshop;
    }

    @Override
    public JobResult run(Lease lease) throws JobFailure, InterruptedException {
        workshop.passed("execute.begun");
        BatchArtifacts artifacts = workshop.artifacts(lease.key().batch());
        BatchDescription description = artifacts.description();
        ProvingSetup setup = workshop.setup(description);
        CircuitInputs inputs = new CircuitInputs(artifacts, description, setup);
        Execution execution = inputs.storeAll(() -> workshop.passed("execute.input_stored"));
        BatchExecution summary = new BatchExecution(output(execution, description), inputs.stored());
        ArtifactName name = artifacts.ofBatch(BatchExecution.ARTIFACT);
        artifacts.put(name, summary.encode());
        workshop.passed("execute.stored");
        return new JobResult(
                List.of(name.path()),
                Digests.sha256(summary.encode()),
                BasicCircuitsPlan.afterExecute(artifacts.batch(), summary.instances()));
    }

    private static String output(Execution execution, BatchDescription description) throws JobFailure {
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
