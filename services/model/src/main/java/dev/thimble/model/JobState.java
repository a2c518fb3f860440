package dev.thimble.model;

/** The life of a job. A job that failed and will run again is {@link #RETRYING}, never "failed". */
public enum JobState {
    /** Depends on a group of jobs that is still open. */
    WAITING,
    /** Ready to be picked. */
    QUEUED,
    /** Leased to a worker. */
    IN_PROGRESS,
    /** Finished; its result is stored. */
    SUCCESSFUL,
    /** Failed, and will be queued again after a pause. */
    RETRYING,
    /** Failed for good: it blocks its batch until an operator acts. */
    DEAD,
    /** Taken out by an operator. */
    CANCELLED;

    public String wireName() {
        return WireNames.of(this);
    }

    public static JobState parse(String text) {
        return WireNames.parse("job state", values(), JobState::wireName, text);
    }

    /** Whether no worker will run the job again unless an operator acts. */
    public boolean isFinal() {
        return this == SUCCESSFUL || this == DEAD || this == CANCELLED;
    }
}
