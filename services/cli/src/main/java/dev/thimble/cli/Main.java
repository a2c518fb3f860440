package dev.thimble.cli;

import dev.thimble.cli.command.StopSignal;
import dev.thimble.cli.command.Terminal;
import java.nio.charset.Charset;
import java.nio.file.Path;

/** Entry point of the command {@code thimble}. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        var terminal = new Terminal(
                System.out,
                System.err,
                Boolean.getBoolean("thimble.terminal"),
                Charset.forName(System.getProperty("stdout.encoding", "UTF-8")));
        var root = Path.of(System.getProperty("thimble.root", "."))
                .toAbsolutePath()
                .normalize();
        StopSignal.exit(new CommandLineRunner(System.getenv(), terminal, root).run(arguments));
    }
}
