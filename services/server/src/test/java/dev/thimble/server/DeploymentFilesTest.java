package dev.thimble.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Dashboard and alerts ask for metrics that exist. */
class DeploymentFilesTest {
    private static final Path ROOT = Path.of("../..");
    private static final Pattern METRIC = Pattern.compile("thimble_[a-z0-9_]*[a-z0-9]");

    private static String texts(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(DeploymentFilesTest::text)
                    .collect(Collectors.joining("\n"));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyMetricExists() throws IOException {
        String code = texts(ROOT.resolve("services/server/src/main/java"))
                + texts(ROOT.resolve("services/observability/src/main/java"));
        TreeSet<String> asked = new TreeSet<>();
        for (String folder : List.of("prometheus", "grafana")) {
            METRIC.matcher(texts(ROOT.resolve("docs/deploy").resolve(folder)))
                    .results()
                    .forEach(match -> asked.add(match.group().replaceFirst("_bucket$", "")));
        }
        assertThat(asked).hasSizeGreaterThan(8).allMatch(metric -> code.contains("\"" + metric + "\""));
    }
}
