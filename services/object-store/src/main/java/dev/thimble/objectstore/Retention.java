package dev.thimble.objectstore;

import java.io.IOException;
import java.time.Instant;
import java.util.function.Predicate;

/** Removes objects that are no longer needed. */
public final class Retention {
    private final ObjectStore store;

    public Retention(ObjectStore store) {
        this.store = store;
    }

    /**
     * What a sweep did.
     *
     * @param objects how many objects were removed
     * @param storedBytes what they occupied
     */
    public record Removed(long objects, long storedBytes) {}

    /**
     * Removes the objects below a prefix that are older than {@code before} and not kept. Running it again, or twice at
     * once, does no harm.
     *
     * @param keep objects that stay whatever their age, for example final proofs
     */
    public Removed sweep(String prefix, Instant before, Predicate<ObjectKey> keep) throws IOException {
        long objects = 0;
        long bytes = 0;
        for (StoredObject object : store.list(prefix)) {
            boolean old = object.modified().isBefore(before);
            if (old && !keep.test(object.key()) && store.delete(object.key())) {
                objects++;
                bytes += object.storedBytes();
            }
        }
        return new Removed(objects, bytes);
    }
}
