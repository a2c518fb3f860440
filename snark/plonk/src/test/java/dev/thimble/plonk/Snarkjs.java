package dev.thimble.plonk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** The pinned snarkjs, installed from npm into target/ once. Tests that need it are skipped where it cannot be installed, except under CI=true. */
final class Snarkjs {
    private static final Path SOURCES = Path.of("src/test/npm");
    private static final Path HOME = Path.of("target/npm");

    private Snarkjs() {}

    /** Installs it if that has not happened, or skips the calling test. */
    static synchronized void require() throws IOException, InterruptedException {
        if (Files.isRegularFile(HOME.resolve("installed"))) {
            return;
        }
        Files.createDirectories(HOME);
        for (String name : List.of("package.json", "package-lock.json", "verify.cjs")) {
            Files.copy(SOURCES.resolve(name), HOME.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        String problem = "";
        try {
            Result result = run(HOME, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
            problem = result.exitCode() == 0 ? "" : result.output();
        } catch (IOException e) {
            problem = String.valueOf(e.getMessage());
        }
        if (!problem.isEmpty()) {
            assertThat(System.getenv("CI")).as("CI needs snarkjs: " + problem).isNotEqualTo("true");
            Assumptions.abort("snarkjs cannot be installed with npm: " + problem);
        }
        Files.createFile(HOME.resolve("installed"));
    }

    /** Runs a snarkjs command in a folder and demands success. */
    static String command(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("node", cli().toString()));
        command.addAll(List.of(arguments));
        Result result = run(folder, command.toArray(String[]::new));
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result.output();
    }

    /** A proof for {@link #judge}. */
    record Item(String key, String proof, String publicInputs) {}

    /** What snarkjs' verifier says about each: accepted, rejected or threw. */
    static List<String> judge(Path folder, List<Item> items) throws IOException, InterruptedException {
        StringBuilder json = new StringBuilder("[");
        for (Item item : items) {
            json.append(json.length() == 1 ? "" : ",")
                    .append("{\"key\":%s,\"proof\":%s,\"publicInputs\":%s}"
                            .formatted(quote(item.key()), quote(item.proof()), quote(item.publicInputs())));
        }
        Path file = folder.resolve("items.json");
        Files.writeString(file, json.append(']'));
        Result result =
                run(folder, "node", HOME.resolve("verify.cjs").toAbsolutePath().toString(), file.toString());
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result.output().lines().toList();
    }

    private static String quote(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    private static Path cli() {
        return HOME.resolve("node_modules/snarkjs/build/cli.cjs").toAbsolutePath();
    }

    private record Result(int exitCode, String output) {}

    private static Result run(Path folder, String... command) throws IOException, InterruptedException {
        Path log = Files.createTempFile("snarkjs", ".log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException("does not end: " + String.join(" ", command));
        }
        String output = Files.readString(log, StandardCharsets.UTF_8);
        Files.delete(log);
        return new Result(process.exitValue(), output);
    }
}
