package dev.thimble.jobqueue;

import dev.thimble.model.JobKey;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job to be created.
 *
 * @param key its name; creating a name again is an error
 * @param input paths of the artifacts it reads
 * @param memberOf the group of the same batch that is complete only when this job is, or null
 * @param waitsFor the group of the same batch that must be complete before this job is queued, or null
 * @param limits how often and how long it may run
 */
public record NewJob(
        JobKey key,
        List<String> input,
        @Nullable String memberOf,
        @Nullable String waitsFor,
        Limits limits) {
    public NewJob {
        input = List.copyOf(input);
        for (String path : input) {
            if (path.isEmpty() || path.indexOf('\n') >= 0) {
                throw new IllegalArgumentException("not an artifact path: '" + path + "'");
            }
        }
        if (memberOf != null && memberOf.equals(waitsFor)) {
            throw new IllegalArgumentException("job " + key + " cannot wait for its own group " + memberOf);
        }
    }

    /** A job that waits for nothing and that nothing waits for. */
    public static NewJob of(JobKey key, List<String> input) {
        return new NewJob(key, input, null, null, Limits.DEFAULT);
    }

    public NewJob in(String group) {
        return new NewJob(key, input, group, waitsFor, limits);
    }

    public NewJob after(String group) {
        return new NewJob(key, input, memberOf, group, limits);
    }

    public NewJob with(Limits newLimits) {
        return new NewJob(key, input, memberOf, waitsFor, newLimits);
    }

    /**
     * How often and how long a job may run.
     *
     * @param maxAttempts failures after which the job is dead
     * @param timeout after which a running attempt is taken away from its worker
     */
    public record Limits(int maxAttempts, Duration timeout) {
        public static final Limits DEFAULT = new Limits(5, Duration.ofMinutes(30));

        public Limits {
            if (maxAttempts < 1) {
                throw new IllegalArgumentException("maxAttempts must be at least 1 but is " + maxAttempts);
            }
            if (timeout.toSeconds() < 1) {
                throw new IllegalArgumentException("timeout must be at least one second but is " + timeout);
            }
        }
    }
}
