package dev.thimble.cli.command;

/** The exit codes of every command. */
public enum ExitCode {
    /** Done, or accepted. */
    DONE(0),
    /** A negative verdict: rejected, a failed case, a missed bar, a stopped batch. */
    NEGATIVE(1),
    /** The command line is wrong. */
    USAGE(2),
    /** The input or the environment is wrong; the message says what to do. */
    ENVIRONMENT(3),
    /** A bug of Thimble; the message names a report. */
    BUG(4),
    /** Interrupted. */
    INTERRUPTED(130);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
