package dev.thimble.model;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the execution of a batch's program gave. Stored as lines of {@code name value}.
 *
 * @param output 0x-hex of the 32 bytes that the program committed to
 * @param instances the number of instances of each circuit type
 */
public record BatchExecution(String output, SortedMap<String, Integer> instances) {
    public static final String ARTIFACT = "execution";

    private static final String OUTPUT = "output";

    public BatchExecution {
        TextLines.checkDigest(OUTPUT, output);
        instances = new TreeMap<>(instances);
        instances.forEach((circuit, count) -> {
            Identifiers.check("circuit", circuit);
            Identifiers.checkNotNegative("instances", count);
        });
    }

    /** The artifact's bytes. */
    public byte[] encode() {
        TextLines lines = new TextLines().add(OUTPUT, output);
        instances.forEach((circuit, count) -> lines.add(circuit, Integer.toString(count)));
        return lines.encode();
    }

    /**
     * The inverse of {@link #encode()}.
     *
     * @throws IllegalArgumentException if the bytes are not an execution
     */
    public static BatchExecution decode(byte[] bytes) {
        Map<String, String> lines = TextLines.decode(bytes);
        SortedMap<String, Integer> instances = new TreeMap<>();
        lines.forEach((name, value) -> {
            if (!name.equals(OUTPUT)) {
                instances.put(name, Integer.parseInt(value));
            }
        });
        return new BatchExecution(TextLines.value(lines, OUTPUT), instances);
    }
}
