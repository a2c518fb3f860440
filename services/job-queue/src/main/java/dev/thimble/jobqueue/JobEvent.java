package dev.thimble.jobqueue;

import java.time.Duration;

/**
 * The end of an attempt as its worker saw it.
 *
 * @param lease the attempt
 * @param outcome how it ended
 * @param waited how long the job was queued
 * @param ran how long the attempt took
 */
public record JobEvent(Lease lease, Outcome outcome, Duration waited, Duration ran) {
    /** How an attempt ends. */
    public enum Outcome {
        SUCCESSFUL,
        FAILED,
        GIVEN_BACK,
        /** The lease was over: the result did not count. */
        LEASE_LOST
    }
}
