package dev.thimble.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** What a developer needs to mend a bug, in a file whose path the user sees. */
public final class BugReport {
    private BugReport() {}

    /** Writes the report to {@code $THIMBLE_HOME/reports} (the temporary folder if that fails). */
    public static CommandFailure write(Throwable bug, String[] arguments, Path home) {
        String where;
        try {
            where = write(HomeFolder.open(home).resolve("reports"), bug, arguments);
        } catch (IOException | CommandFailure e) {
            where = inTemporaryFolder(bug, arguments);
        }
        return new CommandFailure(
                ExitCode.BUG,
                "BUG",
                "a bug in Thimble: " + bug,
                "Please report it with the file " + where + " (it holds the command line and the stack trace).");
    }

    private static String inTemporaryFolder(Throwable bug, String[] arguments) {
        try {
            return write(Files.createTempDirectory("thimble-report"), bug, arguments);
        } catch (IOException e) {
            return "(none: no folder could be written: " + e + ")";
        }
    }

    private static String write(Path folder, Throwable bug, String[] arguments) throws IOException {
        Files.createDirectories(folder);
        var file = Files.createTempFile(folder, "bug-", ".txt");
        try (var writer = new PrintWriter(Files.newBufferedWriter(file))) {
            writer.println("thimble " + VersionText.version() + " at " + Instant.now());
            writer.println("command: " + String.join(" ", arguments));
            writer.println("java: " + Runtime.version() + " on " + System.getProperty("os.name") + " "
                    + System.getProperty("os.arch"));
            bug.printStackTrace(writer);
        }
        return file.toString();
    }
}
