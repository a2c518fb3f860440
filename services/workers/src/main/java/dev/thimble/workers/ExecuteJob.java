package dev.thimble.workers;

import dev.thimble.jobqueue.BasicCircuitsPlan;
import dev.thimble.jobqueue.JobFailure;
import dev.thimble.jobqueue.JobFunction;
import dev.thimble.jobqueue.JobResult;
import dev.thimble.jobqueue.Lease;
import dev.thimble.model.BatchDescription;
import dev.thimble.model.BatchExecution;
import java.util.List;

/** Runs a batch's program, and plans the commitments of its instances. */
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
        Executed executed = new Executed(artifacts, description, workshop.setup(description));
        BatchExecution summary = executed.make(() -> workshop.passed("execute.input_stored"));
        workshop.passed("execute.stored");
        return new JobResult(
                List.of(executed.name().path()),
                Digests.sha256(summary.encode()),
                BasicCircuitsPlan.afterExecute(artifacts.batch(), summary.instances()));
    }
}
