package dev.thimble.workers;

import dev.thimble.hash.Digest;
import dev.thimble.jobqueue.JobFailure;
import dev.thimble.jobqueue.ResultLost;
import dev.thimble.model.ArtifactName;
import dev.thimble.model.BatchExecution;
import dev.thimble.model.ErrorCode;
import dev.thimble.model.JobKey;
import dev.thimble.model.JobKind;
import dev.thimble.model.Round;
import dev.thimble.riscvcircuits.CircuitType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The digests of the instances' shared columns in the store. One that is lost sends its commit job back to the queue. */
final class SharedDigests {
    private static final String ARTIFACT = "shared_digest";

    private final BatchArtifacts artifacts;

    SharedDigests(BatchArtifacts artifacts) {
        this.artifacts = artifacts;
    }

    ArtifactName name(CircuitType type, int index) {
        return artifacts.ofInstance(ARTIFACT, type.name(), index);
    }

    Digest read(CircuitType type, int index) throws JobFailure, InterruptedException {
        ArtifactName name = name(type, index);
        try {
            return Digest.fromBytes(artifacts.read(name))
                    .orElseThrow(() -> new JobFailure(ErrorCode.ARTIFACT_CORRUPT, name + " is no digest"));
        } catch (JobFailure e) {
            if (BatchArtifacts.isLost(e)) {
                JobKey commit =
                        new JobKey(artifacts.batch(), Round.BASIC_CIRCUITS, JobKind.COMMIT, type.name(), 0, index);
                throw new ResultLost(commit, e.code(), e);
            }
            throw e;
        }
    }

    /** All digests of a batch, by type in the order of the instances. */
    Map<CircuitType, List<Digest>> all(BatchExecution execution) throws JobFailure, InterruptedException {
        Map<CircuitType, List<Digest>> all = new EnumMap<>(CircuitType.class);
        for (CircuitType type : CircuitType.values()) {
            List<Digest> digests = new ArrayList<>();
            int count = Objects.requireNonNullElse(execution.instances().get(type.name()), 0);
            for (int i = 0; i < count; i++) {
                digests.add(read(type, i));
            }
            if (count > 0) {
                all.put(type, digests);
            }
        }
        return all;
    }
}
