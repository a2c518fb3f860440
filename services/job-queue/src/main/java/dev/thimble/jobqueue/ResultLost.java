package dev.thimble.jobqueue;

import dev.thimble.model.ErrorCode;
import dev.thimble.model.JobKey;

/**
 * A job's function found that an artifact of an earlier job is missing or damaged; that job will be done again, and nobody
 * is to blame.
 */
public final class ResultLost extends JobFailure {
    private final transient JobKey producer;

    /**
     * @param producer the job whose artifact is lost
     * @param code ARTIFACT_MISSING or ARTIFACT_CORRUPT
     * @param cause what the store said
     */
    public ResultLost(JobKey producer, ErrorCode code, Exception cause) {
        super(code, "result of " + producer + " is lost: " + cause.getMessage(), cause);
        this.producer = producer;
    }

    public JobKey producer() {
        return producer;
    }
}
