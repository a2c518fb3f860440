package dev.thimble.chain;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file of published test cases: one JSON object {@code {name: case}} a line, gzip if its name ends with {@code .gz}. It
 * is read line by line, since all cases at once are large.
 */
public final class CaseFile {
    private static final String FORK = "Cancun";

    private CaseFile() {}

    /** Receives the cases of a file. */
    @FunctionalInterface
    public interface Visitor {
        /** Takes the next case. */
        void visit(PublishedCase next);
    }

    /**
     * Hands out all cases for Cancun in the file's order.
     *
     * @return how many there were
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if a line is no case
     */
    public static int read(Path file, Visitor visitor) throws IOException {
        return read(file, _ -> true, visitor);
    }

    /**
     * Hands out {@code count} cases, or all if there are fewer, chosen by {@code seed} among all, in the file's order.
     *
     * @return how many there were
     */
    public static int sample(Path file, int count, long seed, Visitor visitor) throws IOException {
        int total = read(file, _ -> false, _ -> {});
        boolean[] chosen = new boolean[total];
        SplittableRandom random = new SplittableRandom(seed);
        for (int left = Math.min(count, total); left > 0; ) {
            int index = random.nextInt(total);
            left -= chosen[index] ? 0 : 1;
            chosen[index] = true;
        }
        read(file, index -> chosen[index], visitor);
        return Math.min(count, total);
    }

    private static int read(Path file, IntPredicate chosen, Visitor visitor) throws IOException {
        int index = 0;
        try (BufferedReader lines = open(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                for (PublishedCase each : parse(line)) {
                    if (chosen.test(index++)) {
                        visitor.visit(each);
                    }
                }
            }
        }
        return index;
    }

    private static BufferedReader open(Path file) throws IOException {
        InputStream bytes = Files.newInputStream(file);
        try {
            InputStream text = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
            return new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8));
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }

    private static List<PublishedCase> parse(String line) {
        if (line.isBlank()) {
            return List.of();
        }
        List<PublishedCase> cases = new ArrayList<>();
        try {
            JsonMapper.shared().readTree(line).forEachEntry((name, test) -> cases.addAll(named(name, test)));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("a line is not JSON: " + e.getOriginalMessage(), e);
        }
        return cases;
    }

    private static List<PublishedCase> named(String name, JsonNode test) {
        try {
            return parse(name, test);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    private static List<PublishedCase> parse(String name, JsonNode test) {
        if (test.has("post")) {
            return StateCase.parse(name, test, FORK);
        }
        if (!test.has("genesisRLP")) {
            throw new IllegalArgumentException("neither a state test nor a blockchain test");
        }
        return test.path("network").asString().equals(FORK) ? List.of(BlockCase.parse(name, test)) : List.of();
    }
}
