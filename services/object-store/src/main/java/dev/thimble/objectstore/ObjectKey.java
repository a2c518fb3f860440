package dev.thimble.objectstore;

import dev.thimble.model.ArtifactName;
import java.util.regex.Pattern;

/**
 * The name of an object: up to ten segments between slashes, none of which can leave the store.
 *
 * @param path for example {@code 271/0000000012/scheduler/proof/ALL-0-000000}
 */
public record ObjectKey(String path) implements Comparable<ObjectKey> {
    private static final String SEGMENT = "[A-Za-z0-9][A-Za-z0-9._-]{0,127}";
    private static final Pattern PATH = Pattern.compile(SEGMENT + "(/" + SEGMENT + "){0,9}");
    private static final Pattern PREFIX = Pattern.compile("(" + SEGMENT + "/){0,9}");

    /** Ends the names of files of a {@link FolderObjectStore}; no segment may end with it. */
    static final String RESERVED_SUFFIX = ".object";

    public ObjectKey {
        if (!PATH.matcher(path).matches() || (path + "/").contains(RESERVED_SUFFIX + "/")) {
            throw new IllegalArgumentException("not an object key: '" + path + "'");
        }
    }

    public static ObjectKey of(ArtifactName name) {
        return new ObjectKey(name.path());
    }

    /**
     * Checks the prefix of a listing.
     *
     * @throws IllegalArgumentException unless {@code prefix} is empty or whole segments, each with its slash
     */
    public static String checkPrefix(String prefix) {
        if (!PREFIX.matcher(prefix).matches() || prefix.contains(RESERVED_SUFFIX + "/")) {
            throw new IllegalArgumentException("not an object prefix: '" + prefix + "'");
        }
        return prefix;
    }

    @Override
    public int compareTo(ObjectKey other) {
        return path.compareTo(other.path);
    }

    @Override
    public String toString() {
        return path;
    }
}
