package dev.thimble.cli;

import dev.thimble.cli.command.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs command lines in this process and keeps what they wrote. */
public final class InProcess {
    /** One finished command. */
    public record Run(int exitCode, String out, String err) {
        public JsonNode json() {
            return JsonMapper.builder().build().readTree(out);
        }
    }

    private InProcess() {}

    public static Run run(Map<String, String> environment, String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                StandardCharsets.UTF_8);
        var root = Path.of("../..").toAbsolutePath().normalize();
        int exitCode = new CommandLineRunner(environment, terminal, root).run(arguments);
        return new Run(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
