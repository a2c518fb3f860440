package dev.thimble.jobqueue;

/**
 * A finished attempt.
 *
 * @param lease the attempt
 * @param result what it achieved
 */
public record Finished(Lease lease, JobResult result) {}
