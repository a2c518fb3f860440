package dev.thimble.model;

/** Every reason for which an attempt at a job can fail. */
public enum ErrorCode {
    /** The batch's content is invalid. */
    BAD_INPUT(ErrorCategory.USER),
    /** The batch uses something that this build does not support. */
    UNSUPPORTED(ErrorCategory.USER),
    /** The batch belongs to a protocol version that this worker does not serve. */
    WRONG_PROTOCOL_VERSION(ErrorCategory.USER),
    /** A proof made here did not pass the verifier. */
    OWN_PROOF_REJECTED(ErrorCategory.INTERNAL),
    /** The job's function threw something unexpected. */
    INTERNAL_ERROR(ErrorCategory.INTERNAL),
    OUT_OF_MEMORY(ErrorCategory.RESOURCES),
    DISK_FULL(ErrorCategory.RESOURCES),
    /** The job ran longer than its kind may. */
    TIMEOUT(ErrorCategory.RESOURCES),
    /** The worker stopped sending heartbeats. */
    WORKER_LOST(ErrorCategory.EXTERNAL),
    /** The worker was told to stop and gave the job back. */
    WORKER_STOPPED(ErrorCategory.EXTERNAL),
    /** A proof made elsewhere did not pass the verifier. */
    FOREIGN_PROOF_REJECTED(ErrorCategory.EXTERNAL),
    ARTIFACT_MISSING(ErrorCategory.EXTERNAL),
    ARTIFACT_CORRUPT(ErrorCategory.EXTERNAL),
    STORE_UNAVAILABLE(ErrorCategory.EXTERNAL),
    DATABASE_UNAVAILABLE(ErrorCategory.EXTERNAL),
    NODE_UNAVAILABLE(ErrorCategory.EXTERNAL);

    private final ErrorCategory category;

    ErrorCode(ErrorCategory category) {
        this.category = category;
    }

    public ErrorCategory category() {
        return category;
    }

    /** Whether another attempt may succeed. */
    public boolean mayRetry() {
        return category != ErrorCategory.USER;
    }

    /** Whether the attempt counts against the job's limit; giving a job back does not. */
    public boolean countsAsFailure() {
        return this != WORKER_STOPPED;
    }
}
