package dev.thimble.jobqueue;

import dev.thimble.model.ErrorCode;

/** A job's function tells with this why it cannot give a result. */
public class JobFailure extends Exception {
    private final ErrorCode code;

    public JobFailure(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    public JobFailure(ErrorCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }
}
