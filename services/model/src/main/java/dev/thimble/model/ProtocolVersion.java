package dev.thimble.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of the rules a batch is proven under: circuits, keys and parameters. A worker serves exactly one.
 *
 * @param major changes with the contracts
 * @param minor changes with the circuits
 * @param patch changes with the keys only
 */
public record ProtocolVersion(int major, int minor, int patch) implements Comparable<ProtocolVersion> {
    /** The rules of this build. */
    public static final ProtocolVersion CURRENT = new ProtocolVersion(0, 1, 0);

    private static final Pattern TEXT = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})");

    public ProtocolVersion {
        Identifiers.checkNotNegative("major", major);
        Identifiers.checkNotNegative("minor", minor);
        Identifiers.checkNotNegative("patch", patch);
    }

    /**
     * Reads {@code major.minor.patch}.
     *
     * @throws IllegalArgumentException for any other text
     */
    public static ProtocolVersion parse(String text) {
        Matcher m = TEXT.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException("protocol version must look like 0.1.0 but is '" + text + "'");
        }
        return new ProtocolVersion(
                Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)), Integer.parseInt(m.group(3)));
    }

    @Override
    public int compareTo(ProtocolVersion other) {
        if (major != other.major) {
            return Integer.compare(major, other.major);
        }
        return minor != other.minor ? Integer.compare(minor, other.minor) : Integer.compare(patch, other.patch);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
