package dev.thimble.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Parses a command line, runs its {@link Task} and writes the outcome.
 *
 * <p>Standard output carries the result alone: text, or exactly one JSON object with {@code "schema": 1}. Failures with
 * exit code 2 to 4 are one line and a hint on standard error, or the JSON error object.
 */
final class CommandLineRunner {
    private static final int SCHEMA = 1;
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final Map<String, String> environment;
    private final Terminal terminal;
    private final Path root;

    CommandLineRunner(Map<String, String> environment, Terminal terminal, Path root) {
        this.environment = environment;
        this.terminal = terminal;
        this.root = root;
    }

    /** Runs one command line and returns its exit code; throws nothing. */
    int run(String... arguments) {
        boolean json = List.of(arguments).contains("--json");
        try {
            var commandLine = new CommandLine(new ThimbleCommand());
            commandLine
                    .setOut(new PrintWriter(terminal.out(), true, terminal.charset()))
                    .setErr(new PrintWriter(terminal.err(), true, terminal.charset()));
            var parsed = commandLine.parseArgs(arguments);
            return runParsed(parsed, json).number();
        } catch (ParameterException e) {
            return fail(json, usage(e)).number();
        } catch (CommandFailure e) {
            return fail(json, e).number();
        } catch (CancellationException | InterruptedException e) {
            terminal.err().println("thimble: interrupted");
            return ExitCode.INTERRUPTED.number();
        } catch (IOException | UncheckedIOException e) {
            return fail(json, inputOutput(e)).number();
        } catch (Exception | StackOverflowError | AssertionError e) {
            return fail(json, BugReport.write(e, arguments, environment)).number();
        } catch (OutOfMemoryError e) {
            return fail(json, outOfMemory()).number();
        }
    }

    private ExitCode runParsed(ParseResult parsed, boolean json) throws Exception {
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
        var outcome = task.run(new Context(settings, terminal, root));
        if (json) {
            terminal.out().println(JSON.writeValueAsString(withSchema(JSON.valueToTree(outcome.report()))));
        } else {
            terminal.out().println(outcome.text());
        }
        terminal.out().flush();
        outcome.afterwards().run();
        return outcome.exitCode();
    }

    private Settings settings(ThimbleCommand command) {
        var fileName = command.config != null ? command.config : environment.get("THIMBLE_CONFIG");
        Map<String, String> file = fileName == null ? Map.of() : ConfigurationFile.read(Path.of(fileName));
        var settings = Settings.of(environment, file, String.valueOf(fileName));
        return command.home == null ? settings : settings.withFlag(Setting.HOME, command.home);
    }

    private ExitCode fail(boolean json, CommandFailure failure) {
        if (json) {
            var error = new LinkedHashMap<String, @Nullable Object>();
            error.put("code", failure.code());
            error.put("message", failure.line());
            error.put("hint", failure.hint());
            terminal.out().println(JSON.writeValueAsString(withSchema(JSON.valueToTree(Map.of("error", error)))));
            terminal.out().flush();
        } else {
            terminal.err().println("thimble: " + failure.line());
            if (!failure.hint().isEmpty()) {
                terminal.err().println(failure.hint());
            }
        }
        terminal.err().flush();
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

    private static ObjectNode withSchema(ObjectNode report) {
        var result = JSON.createObjectNode().put("schema", SCHEMA);
        result.setAll(report);
        return result;
    }
}
