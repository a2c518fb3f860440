package dev.thimble.jobqueue;

import dev.thimble.model.ErrorCode;
import dev.thimble.model.JobKey;

/** A job's function found the result of an earlier job to be wrong; that job will be done again by another worker. */
public final class ForeignResultRejected extends JobFailure {
    private final transient JobKey producer;
    private final String digest;

    /**
     * @param producer the job whose result is wrong
     * @param digest the digest of the wrong result
     * @param reason what is wrong with it
     */
    public ForeignResultRejected(JobKey producer, String digest, String reason) {
        super(ErrorCode.FOREIGN_PROOF_REJECTED, "result of " + producer + " rejected: " + reason);
        this.producer = producer;
        this.digest = digest;
    }

    public JobKey producer() {
        return producer;
    }

    public String digest() {
        return digest;
    }
}
