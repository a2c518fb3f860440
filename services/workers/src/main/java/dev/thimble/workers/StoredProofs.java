package dev.thimble.workers;

import dev.thimble.jobqueue.JobFailure;
import dev.thimble.jobqueue.ResultLost;
import dev.thimble.model.ArtifactName;
import dev.thimble.model.BatchExecution;
import dev.thimble.model.JobKey;
import dev.thimble.model.JobKind;
import dev.thimble.model.Round;
import dev.thimble.riscvcircuits.BatchProofs;
import dev.thimble.riscvcircuits.CircuitType;
import java.util.Objects;

/** The proofs of a batch in the store. */
final class StoredProofs implements BatchProofs {
    private static final String ARTIFACT = "proof";

    private final BatchArtifacts artifacts;
    private final BatchExecution execution;

    StoredProofs(BatchArtifacts artifacts, BatchExecution execution) {
        this.artifacts = artifacts;
        this.execution = execution;
    }

    static ArtifactName name(BatchArtifacts artifacts, CircuitType type, int index) {
        return artifacts.ofInstance(ARTIFACT, type.name(), index);
    }

    /** The job that makes a proof. */
    JobKey job(CircuitType type, int index) {
        return new JobKey(artifacts.batch(), Round.BASIC_CIRCUITS, JobKind.PROVE, type.name(), 0, index);
    }

    int total() {
        return execution.instances().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    @Override
    public int count(CircuitType type) {
        return Objects.requireNonNullElse(execution.instances().get(type.name()), 0);
    }

    /** @throws Unreadable if the proof cannot be had */
    @Override
    public byte[] read(CircuitType type, int index) {
        try {
            return artifacts.read(name(artifacts, type, index));
        } catch (JobFailure e) {
            throw new Unreadable(BatchArtifacts.isLost(e) ? new ResultLost(job(type, index), e.code(), e) : e);
        } catch (InterruptedException e) {
            throw new Unreadable(e);
        }
    }

    /** Carries the reason through the verifier. */
    static final class Unreadable extends RuntimeException {
        Unreadable(Exception reason) {
            super(reason.getMessage(), reason);
        }

        /** The reason as what a job throws. */
        JobFailure asFailure() throws InterruptedException {
            if (getCause() instanceof JobFailure failure) {
                return failure;
            }
            throw new InterruptedException("interrupted at the object store");
        }
    }
}
