package dev.thimble.cli;

/**
 * What a command has to say.
 *
 * @param exitCode how it ended
 * @param report the record (or map) that {@code --json} prints, field by field, after {@code "schema": 1}
 * @param text the same for a person, without a line end
 * @param afterwards what goes on once that is said
 */
record Outcome(ExitCode exitCode, Object report, String text, Afterwards afterwards) {
    /** Work that begins when the outcome has been printed. */
    @FunctionalInterface
    interface Afterwards {
        void run() throws Exception;
    }

    Outcome(ExitCode exitCode, Object report, String text) {
        this(exitCode, report, text, () -> {});
    }

    static Outcome done(Object report, String text) {
        return new Outcome(ExitCode.DONE, report, text);
    }
}
