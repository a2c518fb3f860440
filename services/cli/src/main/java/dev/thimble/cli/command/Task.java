package dev.thimble.cli.command;

/** A runnable command. */
public interface Task {
    /**
     * Does the work; prints nothing.
     *
     * @throws CommandFailure for everything the caller can mend
     * @throws Exception for what only a developer can mend; it ends with exit code 4 and a report
     */
    Outcome run(Context context) throws Exception;
}
