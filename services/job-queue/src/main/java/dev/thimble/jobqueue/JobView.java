package dev.thimble.jobqueue;

import dev.thimble.model.JobKey;
import dev.thimble.model.JobState;
import dev.thimble.model.Round;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job as operators see it.
 *
 * @param id its number
 * @param key its name
 * @param state its state
 * @param attempts attempts so far
 * @param failures those of them that count against the limit
 * @param maxAttempts the limit
 * @param worker who runs it or ran it last
 * @param leaseExpires when its worker is given up without another heartbeat, or null if it does not run
 * @param error what went wrong last, or null
 * @param created when it was created
 * @param started when its last attempt began
 * @param finished when its last attempt ended
 * @param output paths of what it made
 */
public record JobView(
        long id,
        JobKey key,
        JobState state,
        int attempts,
        int failures,
        int maxAttempts,
        @Nullable String worker,
        @Nullable Instant leaseExpires,
        @Nullable String error,
        Instant created,
        @Nullable Instant started,
        @Nullable Instant finished,
        List<String> output) {
    public JobView {
        output = List.copyOf(output);
    }

    /**
     * Which jobs to list.
     *
     * @param chain only of this chain, or null
     * @param batch only of this batch number, or null
     * @param state only in this state, or null
     * @param round only of this round, or null
     * @param limit at most so many
     */
    public record Filter(
            @Nullable Long chain,
            @Nullable Long batch,
            @Nullable JobState state,
            @Nullable Round round,
            int limit) {
        public static final Filter ALL = new Filter(null, null, null, null, 1_000);

        public Filter {
            if (limit < 1) {
                throw new IllegalArgumentException("limit must be at least 1 but is " + limit);
            }
        }
    }

    /**
     * One attempt at a job.
     *
     * @param number from 1
     * @param outcome running, successful, failed, released, rejected or cancelled
     * @param errorCode the code, or null
     * @param errorCategory its category, or null
     * @param error the message, or null
     */
    public record Attempt(
            int number,
            String worker,
            Instant started,
            @Nullable Instant finished,
            String outcome,
            @Nullable String errorCode,
            @Nullable String errorCategory,
            @Nullable String error) {}
}
