package dev.thimble.workers;

import dev.thimble.hash.Digest;
import dev.thimble.jobqueue.JobFailure;
import dev.thimble.jobqueue.JobFunction;
import dev.thimble.jobqueue.JobResult;
import dev.thimble.jobqueue.Lease;
import dev.thimble.jobqueue.Plan;
import dev.thimble.model.ArtifactName;
import dev.thimble.model.BatchDescription;
import dev.thimble.model.JobKey;
import dev.thimble.pipeline.BasicRound;
import dev.thimble.pipeline.CircuitInput;
import dev.thimble.pipeline.ProvingSetup;
import dev.thimble.riscvcircuits.CircuitType;
import java.util.List;

/** Commits to the shared columns of one instance. */
final class CommitJob implements JobFunction {
    private final Workshop workshop;

    CommitJob(Workshop workshop) {
        this.workshop = workshop;
    }

    @Override
    public JobResult run(Lease lease) throws JobFailure, InterruptedException {
        JobKey key = lease.key();
        BatchArtifacts artifacts = workshop.artifacts(key.batch());
        BatchDescription description = artifacts.description();
        ProvingSetup setup = workshop.setup(description);
        CircuitType type = CircuitType.valueOf(key.circuit());
        CircuitInput input = new CircuitInputs(artifacts, description, setup).read(type, key.sequence());
        Digest digest = BasicRound.commit(setup, input, workshop.engine());
        ArtifactName name = new SharedDigests(artifacts).name(type, key.sequence());
        artifacts.put(name, digest.toBytes());
        workshop.passed("commit.stored");
        return new JobResult(List.of(name.path()), Digests.sha256(digest.toBytes()), Plan.NOTHING);
    }
}
