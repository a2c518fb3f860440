package dev.thimble.cli.command;

/** Ends a command with an exit code, an UPPER_SNAKE code, one clear line and a hint saying what to do. */
public final class CommandFailure extends RuntimeException {
    private final ExitCode exitCode;
    private final String code;
    private final String hint;

    CommandFailure(ExitCode exitCode, String code, String message, String hint) {
        super(message);
        this.exitCode = exitCode;
        this.code = code;
        this.hint = hint;
    }

    /** Wrong input or environment: exit code 3. */
    public static CommandFailure environment(String code, String message, String hint) {
        return new CommandFailure(ExitCode.ENVIRONMENT, code, message, hint);
    }

    /** Wrong use: exit code 2. */
    public static CommandFailure usage(String message, String hint) {
        return new CommandFailure(ExitCode.USAGE, "USAGE", message, hint);
    }

    public ExitCode exitCode() {
        return exitCode;
    }

    /** The error's code in JSON. */
    public String code() {
        return code;
    }

    public String hint() {
        return hint;
    }

    /** The message; never null here. */
    public String line() {
        return String.valueOf(getMessage());
    }
}
