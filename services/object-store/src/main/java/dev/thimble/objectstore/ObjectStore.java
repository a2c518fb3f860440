package dev.thimble.objectstore;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * A place for artifacts. Objects are never changed, only put, read and deleted. All methods may be called from any
 * thread; an {@link IOException} that is neither {@link CorruptArtifact} nor {@link MissingArtifact} means that the place
 * itself failed, and the call may be made again.
 */
public interface ObjectStore extends AutoCloseable {
    /**
     * Stores an object unless one of that name exists. A reader sees the whole object or none, even if the machine stops
     * in the middle; when this returns, the object is durable.
     *
     * @return whether the object was stored; {@code false} if the name was taken, whatever the content
     */
    boolean putIfAbsent(ObjectKey key, InputStream content) throws IOException;

    /** {@link #putIfAbsent(ObjectKey, InputStream)} of bytes. */
    default boolean putIfAbsent(ObjectKey key, byte[] content) throws IOException {
        return putIfAbsent(key, new ByteArrayInputStream(content));
    }

    /**
     * The content of an object. Every byte that the stream gives out has been checked; the end of the stream means that
     * the object was complete.
     *
     * @throws MissingArtifact if there is no such object
     * @throws CorruptArtifact from here or from the stream, if the object is not what was stored
     */
    InputStream open(ObjectKey key) throws IOException;

    /**
     * The content of an object, checked.
     *
     * @param maximumBytes a larger object is refused as corrupt instead of filling the memory
     */
    default byte[] read(ObjectKey key, int maximumBytes) throws IOException {
        try (InputStream in = open(key)) {
            byte[] content = in.readNBytes(maximumBytes);
            if (in.read() >= 0) {
                throw new CorruptArtifact(key, "larger than " + maximumBytes + " bytes");
            }
            return content;
        }
    }

    boolean exists(ObjectKey key) throws IOException;

    /** Removes an object; returns whether it existed. */
    boolean delete(ObjectKey key) throws IOException;

    /**
     * All objects below a prefix in the order of their keys.
     *
     * @param prefix empty, or whole segments each with its slash
     */
    List<StoredObject> list(String prefix) throws IOException;

    /** Writes, reads and removes a small object, to tell at start whether the place can be used. */
    default void probe() throws IOException {
        ObjectKey key = new ObjectKey("probe/" + UUID.randomUUID());
        byte[] content = key.path().getBytes(StandardCharsets.UTF_8);
        putIfAbsent(key, content);
        if (!Arrays.equals(read(key, content.length), content)) {
            throw new CorruptArtifact(key, "read back other bytes than were written");
        }
        delete(key);
    }

    @Override
    void close() throws IOException;
}
