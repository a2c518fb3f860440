package dev.thimble.cli;

import dev.thimble.cli.command.BugReport;
import dev.thimble.cli.command.CommandFailure;
import dev.thimble.cli.command.ConfigurationFile;
import dev.thimble.cli.command.Context;
import dev.thimble.cli.command.ExitCode;
import dev.thimble.cli.command.ResultWriter;
import dev.thimble.cli.command.Setting;
import dev.thimble.cli.command.Settings;
import dev.thimble.cli.command.StopSignal;
import dev.thimble.cli.command.Task;
import dev.thimble.cli.command.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Parses a command line, runs its {@link Task} and writes the outcome.
 *
 * <p>Standard output carries the result alone: text, or exactly one JSON object with {@code "schema": 1}. Failures with
 * exit code 2 to 4 are one line and a hint on standard error, or the JSON error object.
 */
final class CommandLineRunner {
    private final Map<String, String> environment;
    private final Terminal terminal;
    private final Path root;
    private Path home;

    CommandLineRunner(Map<String, String> environment, Terminal terminal, Path root) {
        this.environment = environment;
        this.terminal = terminal;
        this.root = root;
        this.home = Path.of(environment.getOrDefault(Setting.HOME.environmentName(), Setting.HOME.byDefault()));
    }

    /** Runs one command line and returns its exit code; throws nothing. */
    int run(String... arguments) {
        var results = new ResultWriter(terminal, List.of(arguments).contains("--json"));
        try {
            var commandLine = new CommandLine(new ThimbleCommand());
            commandLine
                    .setOut(new PrintWriter(terminal.out(), true, terminal.charset()))
                    .setErr(new PrintWriter(terminal.err(), true, terminal.charset()));
            var parsed = commandLine.parseArgs(arguments);
            return runParsed(parsed, results).number();
        } catch (ParameterException e) {
            return fail(results, usage(e)).number();
        } catch (CommandFailure e) {
            return fail(results, e).number();
        } catch (CancellationException | InterruptedException e) {
            return interrupted();
        } catch (IOException | UncheckedIOException e) {
            return fail(results, inputOutput(e)).number();
        } catch (OutOfMemoryError e) {
            return fail(results, outOfMemory()).number();
        } catch (Exception | Error e) {
            // Much fails while the JVM ends by a signal, and nothing of it is a bug.
            return StopSignal.isEnding()
                    ? interrupted()
                    : fail(results, BugReport.write(e, arguments, home)).number();
        }
    }

    private int interrupted() {
        terminal.err().println("thimble: interrupted");
        return ExitCode.INTERRUPTED.number();
    }

    private ExitCode runParsed(ParseResult parsed, ResultWriter results) throws Exception {
        if (CommandLine.printHelpIfRequested(parsed)) {
            return ExitCode.DONE;
        }
        var leaf = parsed;
        while (leaf.hasSubcommand()) {
            leaf = leaf.subcommand();
        }
        if (!(leaf.commandSpec().userObject() instanceof Task task)) {
            throw new ParameterException(leaf.commandSpec().commandLine(), "Missing command");
        }
        var settings = settings((ThimbleCommand) parsed.commandSpec().userObject());
        var outcome = task.run(new Context(settings, terminal, root, results));
        results.write(outcome.report(), outcome.text());
        return outcome.exitCode();
    }

    private Settings settings(ThimbleCommand command) {
        var fileName = command.config != null ? command.config : environment.get("THIMBLE_CONFIG");
        Map<String, String> file = fileName == null ? Map.of() : ConfigurationFile.read(Path.of(fileName));
        var settings = Settings.of(environment, file, String.valueOf(fileName));
        var all = command.home == null ? settings : settings.withFlag(Setting.HOME, command.home);
        home = Path.of(all.text(Setting.HOME));
        return all;
    }

    private static ExitCode fail(ResultWriter results, CommandFailure failure) {
        results.fail(failure);
        return failure.exitCode();
    }

    private static CommandFailure usage(ParameterException e) {
        var name = e.getCommandLine().getCommandSpec().qualifiedName(" ");
        var line = String.valueOf(e.getMessage()).lines().findFirst().orElse("wrong use");
        return CommandFailure.usage(line, "See: " + name + " --help");
    }

    private static CommandFailure inputOutput(Exception e) {
        return CommandFailure.environment(
                "IO_ERROR", "reading or writing failed: " + e, "Check free space and permissions, then run it again.");
    }

    private static CommandFailure outOfMemory() {
        long megabytes = Runtime.getRuntime().maxMemory() >> 20;
        return CommandFailure.environment(
                "OUT_OF_MEMORY",
                "the heap of " + megabytes + " MB is too small for this",
                "Set THIMBLE_HEAP_MB higher, or take a smaller profile (--profile).");
    }
}
