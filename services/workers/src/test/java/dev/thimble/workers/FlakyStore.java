package dev.thimble.workers;

import dev.thimble.objectstore.ObjectKey;
import dev.thimble.objectstore.ObjectStore;
import dev.thimble.objectstore.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.SplittableRandom;

/** A store of which some calls fail, some of them after they took effect; while it is away, all fail. */
final class FlakyStore implements ObjectStore {
    private final ObjectStore store;
    private final SplittableRandom random;
    private final double rate;
    private int failures;
    private boolean away;

    FlakyStore(ObjectStore store, long seed, double rate) {
        this.store = store;
        this.random = new SplittableRandom(seed);
        this.rate = rate;
    }

    synchronized int failures() {
        return failures;
    }

    synchronized void away(boolean now) {
        away = now;
    }

    private synchronized void maybeFail() throws IOException {
        if (away || random.nextDouble() < rate) {
            failures++;
            throw new IOException("the store is not to be had just now");
        }
    }

    @Override
    public boolean putIfAbsent(ObjectKey key, InputStream content) throws IOException {
        maybeFail();
        boolean stored = store.putIfAbsent(key, content);
        maybeFail();
        return stored;
    }

    @Override
    public InputStream open(ObjectKey key) throws IOException {
        maybeFail();
        return store.open(key);
    }

    @Override
    public boolean exists(ObjectKey key) throws IOException {
        maybeFail();
        return store.exists(key);
    }

    @Override
    public boolean delete(ObjectKey key) throws IOException {
        maybeFail();
        return store.delete(key);
    }

    @Override
    public List<StoredObject> list(String prefix) throws IOException {
        maybeFail();
        return store.list(prefix);
    }

    @Override
    public void close() throws IOException {
        store.close();
    }
}
