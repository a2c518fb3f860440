package dev.thimble.workers;

import dev.thimble.jobqueue.BasicCircuitsPlan;
import dev.thimble.jobqueue.JobFailure;
import dev.thimble.jobqueue.JobFunction;
import dev.thimble.jobqueue.JobResult;
import dev.thimble.jobqueue.Lease;
import dev.thimble.model.BatchDescription;
import dev.thimble.model.BatchExecution;
import dev.thimble.pipeline.ProvingSetup;
import dev.thimble.riscvcircuits.BatchSeed;
import java.util.List;

/** Draws the batch seed once every instance is committed, and plans the proofs. */
final class ChallengeJob implements JobFunction {
    private final Workshop workshop;

    ChallengeJob(Workshop workshop) {
        this.workshop = workshop;
    }

    @Override
    public JobResult run(Lease lease) throws JobFailure, InterruptedException {
        BatchArtifacts artifacts = workshop.artifacts(lease.key().batch());
        BatchDescription description = artifacts.description();
        ProvingSetup setup = workshop.setup(description);
        BatchExecution execution = new Executed(artifacts, description, setup).read();
        Challenge challenge = new Challenge(workshop, artifacts, setup);
        BatchSeed seed = challenge.draw(execution);
        workshop.passed("challenge.stored");
        return new JobResult(
                List.of(challenge.name().path()),
                Digests.sha256(Challenge.encode(seed)),
                BasicCircuitsPlan.afterChallenge(artifacts.batch(), execution.instances()));
    }
}
