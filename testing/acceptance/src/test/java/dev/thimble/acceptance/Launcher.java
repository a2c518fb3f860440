package dev.thimble.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs {@code ./thimble} as a child process with exactly the environment that a test names. */
record Launcher(Path script, Path folder, Map<String, String> environment) {
    private static final Path DISTRIBUTION = Repository.ROOT.resolve("services/cli/target/dist");
    private static final int LIMIT_MINUTES = 10;

    /** One finished child. */
    record Run(int exitCode, String out, String err) {
        JsonNode json() {
            return parse(out.getBytes(StandardCharsets.UTF_8));
        }
    }

    static JsonNode parse(byte[] json) {
        return JsonMapper.shared().readTree(json);
    }

    /** The launcher of this repository with the distribution that this build has made, in the given folder. */
    static Launcher in(Path folder) {
        var environment = new HashMap<String, String>();
        environment.put("PATH", System.getenv("PATH"));
        environment.put("LANG", "C.UTF-8");
        environment.put("THIMBLE_DIST", DISTRIBUTION.toString());
        environment.put("THIMBLE_JAVA", System.getProperty("java.home"));
        return new Launcher(Repository.ROOT.resolve("thimble"), folder, Map.copyOf(environment));
    }

    Launcher with(String name, String value) {
        var changed = new HashMap<>(environment);
        changed.put(name, value);
        return new Launcher(script, folder, Map.copyOf(changed));
    }

    Launcher without(String name) {
        var changed = new HashMap<>(environment);
        changed.remove(name);
        return new Launcher(script, folder, Map.copyOf(changed));
    }

    Launcher as(Path otherScript) {
        return new Launcher(otherScript, folder, environment);
    }

    /** Runs to its end. */
    Run run(String... arguments) throws IOException, InterruptedException {
        return run(List.of(), arguments);
    }

    /** Runs behind a prefix command, such as {@code setpriv …}. */
    Run run(List<String> prefix, String... arguments) throws IOException, InterruptedException {
        var out = Files.createTempFile("thimble-out", "");
        var err = Files.createTempFile("thimble-err", "");
        try {
            var process = start(prefix, out, err, arguments);
            if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IllegalStateException("still running after " + LIMIT_MINUTES + " minutes: "
                        + String.join(" ", arguments) + "\n" + Files.readString(err));
            }
            return new Run(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        } finally {
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        }
    }

    /** Starts and returns at once. */
    Process start(List<String> prefix, Path out, Path err, String... arguments) throws IOException {
        var command = new ArrayList<>(prefix);
        command.add(script.toString());
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }
}
