package dev.thimble.model;

/**
 * The name of a job. It follows from the batch alone, so that making the same job twice is noticed.
 *
 * @param batch the batch
 * @param round the round
 * @param kind what the job does
 * @param circuit the circuit type, or {@link #NO_CIRCUIT} for a job about the whole batch
 * @param depth the level in the tree of node aggregations, otherwise 0
 * @param sequence the number among the jobs that agree in all else
 */
public record JobKey(BatchId batch, Round round, JobKind kind, String circuit, int depth, int sequence) {
    /** The circuit of jobs that concern the whole batch. */
    public static final String NO_CIRCUIT = "ALL";

    public JobKey {
        Identifiers.check("circuit", circuit);
        Identifiers.checkNotNegative("depth", depth);
        Identifiers.checkNotNegative("sequence", sequence);
    }

    /** A job about the whole batch. */
    public static JobKey ofBatch(BatchId batch, Round round, JobKind kind) {
        return new JobKey(batch, round, kind, NO_CIRCUIT, 0, 0);
    }

    /** The name of an artifact that this job makes. */
    public ArtifactName artifact(String type) {
        return new ArtifactName(batch, round, type, circuit, depth, sequence);
    }

    @Override
    public String toString() {
        return batch + "/" + round.wireName() + "/" + kind.wireName() + "/" + circuit + "/" + depth + "/" + sequence;
    }
}
