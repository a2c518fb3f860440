package dev.thimble.jobqueue;

/** What became of a result. */
public enum FinishOutcome {
    /** It is the job's result. */
    ACCEPTED,
    /** The job already has this very result: nothing changed. */
    ALREADY_DONE,
    /** The lease was over and the job has another result or is still to be done: nothing changed. */
    REFUSED
}
