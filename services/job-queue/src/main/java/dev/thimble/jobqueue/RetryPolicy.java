package dev.thimble.jobqueue;

import java.time.Duration;

/**
 * How leases end and how long a failed job rests. The pause before the attempt after the n-th failure is
 * min(longestPause, firstPause · 2^(n-1)), times a random factor between 0.5 and 1.5.
 *
 * @param lease how long a worker lives without a heartbeat
 * @param heartbeat how often it sends one
 * @param sweep how often expired leases and due retries are looked for
 * @param safetyTick how long an idle worker waits for a notification before it looks by itself
 * @param firstPause the pause after the first failure
 * @param longestPause the limit of the pause
 */
public record RetryPolicy(
        Duration lease,
        Duration heartbeat,
        Duration sweep,
        Duration safetyTick,
        Duration firstPause,
        Duration longestPause) {
    /** A dead worker is noticed within twelve seconds. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(
            Duration.ofSeconds(10),
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            Duration.ofSeconds(2),
            Duration.ofMinutes(5));

    public RetryPolicy {
        if (heartbeat.multipliedBy(2).compareTo(lease) > 0) {
            throw new IllegalArgumentException(
                    "heartbeat " + heartbeat + " must be at most half of the lease " + lease);
        }
    }
}
