package dev.thimble.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The files of this copy of Thimble. */
final class Repository {
    /** The repository's folder. */
    static final Path ROOT = Path.of(Objects.requireNonNullElse(System.getProperty("thimble.root"), "../.."))
            .toAbsolutePath()
            .normalize();

    private static final List<String> GROUPS = List.of(
            "math", "commit", "stark", "machine", "circuits", "snark", "chain", "services", "contracts", "testing");

    private Repository() {}

    /** The folder of every module: every folder of a group with a pom.xml. */
    static List<Path> modules() {
        return GROUPS.stream()
                .map(ROOT::resolve)
                .filter(Files::isDirectory)
                .flatMap(group -> Stream.concat(Stream.of(group), children(group)))
                .filter(folder -> Files.exists(folder.resolve("pom.xml")))
                .toList();
    }

    /** The compiled main classes of every module but the tests' own. */
    static List<Path> classFolders() {
        return modules().stream()
                .filter(module -> !module.startsWith(ROOT.resolve("testing")))
                .map(module -> module.resolve("target/classes"))
                .filter(Files::isDirectory)
                .toList();
    }

    private static Stream<Path> children(Path folder) {
        try (var list = Files.list(folder)) {
            return list.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
