package dev.thimble.contracts;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The npm packages of this module, run by node. */
final class NodeTools {
    static final Path MODULE = Path.of("").toAbsolutePath();

    private NodeTools() {}

    /** Skips the test where the packages are not installed, unless CI=true. */
    static void require() {
        boolean installed = Files.isDirectory(MODULE.resolve("node_modules/solc"))
                && Files.isDirectory(MODULE.resolve("node_modules/snarkjs"));
        if (!installed && "true".equals(System.getenv("CI"))) {
            fail("solc and snarkjs are not installed: npm ci in contracts");
        }
        assumeTrue(installed, "solc and snarkjs are not installed: npm ci in contracts");
    }

    /** Runs a script of this module and returns its output; a failure fails the test with the output. */
    static String run(String... command) throws IOException {
        List<String> all = new ArrayList<>(List.of("node"));
        all.addAll(List.of(command));
        Process process = new ProcessBuilder(all)
                .directory(MODULE.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                fail(String.join(" ", all) + ": " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail("interrupted");
        }
        return output;
    }
}
