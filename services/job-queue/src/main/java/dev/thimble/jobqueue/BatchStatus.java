package dev.thimble.jobqueue;

import dev.thimble.model.BatchId;
import dev.thimble.model.BatchState;
import dev.thimble.model.ProtocolVersion;
import dev.thimble.model.Round;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a batch is.
 *
 * @param id the batch
 * @param state its state
 * @param version its protocol version
 * @param priority its priority
 * @param sealedAt when it was sealed
 * @param proofs its FRI proofs so far
 * @param rounds done and known jobs by round and circuit
 * @param compression the state of the compression job, or null while there is none
 * @param blockedBy what stops it, or null
 * @param etaSeconds the time left for the known jobs at the pace so far, or null if nothing is known
 */
public record BatchStatus(
        BatchId id,
        BatchState state,
        ProtocolVersion version,
        int priority,
        Instant sealedAt,
        Proofs proofs,
        List<RoundProgress> rounds,
        @Nullable String compression,
        @Nullable Blocker blockedBy,
        @Nullable Double etaSeconds) {
    public BatchStatus {
        rounds = List.copyOf(rounds);
    }

    /**
     * Counts of proof jobs. One that failed and will be tried again counts as queued.
     *
     * @param failed those that are dead or cancelled
     */
    public record Proofs(int successful, int failed, int inProgress, int queued) {
        public int total() {
            return successful + failed + inProgress + queued;
        }
    }

    /**
     * Jobs of one circuit in one round.
     *
     * @param done those that are successful
     * @param total those that are known by now
     */
    public record RoundProgress(Round round, String circuit, int done, int total) {}

    /**
     * What stops a batch.
     *
     * @param job the job, or null if it no longer exists
     * @param error the reason
     */
    public record Blocker(@Nullable Long job, String error) {}
}
