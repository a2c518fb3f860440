package dev.thimble.cli.command;

/**
 * What a command has to say.
 *
 * @param exitCode how it ended
 * @param report the record (or map) that {@code --json} prints, field by field, after {@code "schema": 1}
 * @param text the same for a person, without a line end
 */
public record Outcome(ExitCode exitCode, Object report, String text) {
    public static Outcome done(Object report, String text) {
        return new Outcome(ExitCode.DONE, report, text);
    }
}
