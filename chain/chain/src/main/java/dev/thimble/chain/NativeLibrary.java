package dev.thimble.chain;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Builds the native library of the state transition function with the machine's own make and C compiler. */
public final class NativeLibrary {
    private static final String NAME = "libstf.so";

    private NativeLibrary() {}

    /**
     * Builds the library, or does nothing if it is newer than its sources.
     *
     * @param guest the folder of the guest programs
     * @param otherwise where to build if {@code guest/build} cannot be written
     * @return the library
     * @throws IOException with one line that says what is missing or wrong
     */
    public static Path build(Path guest, Path otherwise) throws IOException, InterruptedException {
        requireTool("make");
        requireTool("cc");
        Path inside = guest.resolve("build");
        Path target = Files.isWritable(Files.isDirectory(inside) ? inside : guest) ? inside : otherwise;
        Files.createDirectories(target);
        Path log = target.resolve("native.log");
        int exitCode = run(log, "make", "-s", "-C", guest.toString(), "native", "BUILD=" + target.toAbsolutePath());
        Path library = target.resolve(NAME);
        if (exitCode != 0 || !Files.exists(library)) {
            throw new IOException("building the native state transition function failed: " + lastLine(log));
        }
        return library;
    }

    private static void requireTool(String tool) throws IOException, InterruptedException {
        try {
            new ProcessBuilder(tool, "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new IOException(tool + " is not installed; the native machine is built with make and gcc", e);
        }
    }

    private static int run(Path log, String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
    }

    private static String lastLine(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8).stream()
                .filter(line -> !line.isBlank())
                .toList();
        return lines.isEmpty() ? "no message" : lines.getLast();
    }
}
