package dev.thimble.workers;

import dev.thimble.air.Trace;
import dev.thimble.hash.Digest;
import dev.thimble.jobqueue.JobFailure;
import dev.thimble.jobqueue.JobFunction;
import dev.thimble.jobqueue.JobResult;
import dev.thimble.jobqueue.Lease;
import dev.thimble.jobqueue.Plan;
import dev.thimble.model.ArtifactName;
import dev.thimble.model.BatchDescription;
import dev.thimble.model.ErrorCode;
import dev.thimble.model.JobKey;
import dev.thimble.pipeline.BasicRound;
import dev.thimble.pipeline.ProofFailure;
import dev.thimble.pipeline.ProvingSetup;
import dev.thimble.riscvcircuits.BatchSeed;
import dev.thimble.riscvcircuits.CircuitType;
import dev.thimble.starkprover.ProgressListener;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Proves one instance. The trace comes from a witness vector generator or is made here; while one instance is proven the
 * trace of the next may be fetched. A proof that cannot be made from a foreign trace is made again from an own one.
 */
final class ProveJob implements JobFunction {
    private static final Logger LOG = LoggerFactory.getLogger(ProveJob.class);

    private final Workshop workshop;
    private final TraceSource traces;
    private final Semaphore proving = new Semaphore(1, true);

    ProveJob(Workshop workshop, TraceSource traces) {
        this.workshop = workshop;
        this.traces = traces;
    }

    @Override
    public JobResult run(Lease lease) throws JobFailure, InterruptedException {
        Instance instance = instance(lease.key());
        Optional<Trace> foreign =
                traces.fetch(instance.setup, instance.artifacts, instance.type, instance.key.sequence());
        byte[] proof = foreign.isPresent() ? fromForeign(instance, foreign.get()) : fromOwn(instance);
        workshop.passed("prove.proved");
        ArtifactName name = StoredProofs.name(instance.artifacts, instance.type, instance.key.sequence());
        instance.artifacts.put(name, proof);
        workshop.passed("prove.stored");
        return new JobResult(List.of(name.path()), Digests.sha256(proof), Plan.NOTHING);
    }

    private Instance instance(JobKey key) throws JobFailure, InterruptedException {
        BatchArtifacts artifacts = workshop.artifacts(key.batch());
        BatchDescription description = artifacts.description();
        ProvingSetup setup = workshop.setup(description);
        CircuitType type = CircuitType.valueOf(key.circuit());
        BatchSeed seed = new Challenge(workshop, artifacts, setup).read();
        Digest shared = new SharedDigests(artifacts).read(type, key.sequence());
        return new Instance(key, artifacts, description, setup, type, seed, shared);
    }

    private byte[] fromForeign(Instance instance, Trace trace) throws JobFailure, InterruptedException {
        try {
            return prove(instance, trace);
        } catch (ProofFailure | IllegalArgumentException e) {
            LOG.warn("a witness vector generator gave a wrong trace for {}: {}", instance.key, e.getMessage());
            return fromOwn(instance);
        }
    }

    private byte[] fromOwn(Instance instance) throws JobFailure, InterruptedException {
        CircuitInputs inputs = new CircuitInputs(instance.artifacts, instance.description, instance.setup);
        Trace trace = BasicRound.trace(instance.setup, inputs.read(instance.type, instance.key.sequence()));
        workshop.passed("prove.traced");
        try {
            return prove(instance, trace);
        } catch (ProofFailure e) {
            throw new JobFailure(ErrorCode.OWN_PROOF_REJECTED, String.valueOf(e.getMessage()), e);
        }
    }

    private byte[] prove(Instance instance, Trace trace) throws InterruptedException {
        proving.acquire();
        try {
            return BasicRound.prove(
                    instance.setup,
                    instance.type,
                    trace,
                    instance.seed,
                    instance.shared,
                    workshop.engine(),
                    ProgressListener.none());
        } finally {
            proving.release();
        }
    }

    /** What is known of the instance before its trace. */
    private record Instance(
            JobKey key,
            BatchArtifacts artifacts,
            BatchDescription description,
            ProvingSetup setup,
            CircuitType type,
            BatchSeed seed,
            Digest shared) {}
}
