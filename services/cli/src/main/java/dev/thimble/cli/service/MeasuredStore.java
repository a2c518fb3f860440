package dev.thimble.cli.service;

import dev.thimble.model.ArtifactName;
import dev.thimble.objectstore.ObjectKey;
import dev.thimble.objectstore.ObjectStore;
import dev.thimble.objectstore.StoredObject;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** An object store that shows how large the artifacts are that this process stores, by type. */
final class MeasuredStore implements ObjectStore {
    private final ObjectStore store;
    private final Histogram bytes;

    MeasuredStore(ObjectStore store, PrometheusRegistry registry) {
        this.store = store;
        this.bytes = Histogram.builder()
                .name("thimble_artifact_bytes")
                .help("Sizes of the artifacts that this process has stored.")
                .labelNames("type")
                .classicUpperBounds(1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9)
                .register(registry);
    }

    @Override
    public boolean putIfAbsent(ObjectKey key, InputStream content) throws IOException {
        var counted = new Counted(content);
        boolean stored = store.putIfAbsent(key, counted);
        return seen(key, stored, counted.count);
    }

    @Override
    public boolean putIfAbsent(ObjectKey key, byte[] content) throws IOException {
        return seen(key, store.putIfAbsent(key, content), content.length);
    }

    private boolean seen(ObjectKey key, boolean stored, long size) {
        if (stored) {
            bytes.labelValues(ArtifactName.parse(key.path()).type()).observe((double) size);
        }
        return stored;
    }

    @Override
    public InputStream open(ObjectKey key) throws IOException {
        return store.open(key);
    }

    @Override
    public byte[] read(ObjectKey key, int maximumBytes) throws IOException {
        return store.read(key, maximumBytes);
    }

    @Override
    public boolean exists(ObjectKey key) throws IOException {
        return store.exists(key);
    }

    @Override
    public boolean delete(ObjectKey key) throws IOException {
        return store.delete(key);
    }

    @Override
    public List<StoredObject> list(String prefix) throws IOException {
        return store.list(prefix);
    }

    /** The store is closed by whoever has opened it. */
    @Override
    public void close() {}

    /** Counts what is read. */
    private static final class Counted extends FilterInputStream {
        private long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = in.read();
            count += value < 0 ? 0 : 1;
            return value;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = in.read(into, offset, length);
            count += Math.max(0, read);
            return read;
        }
    }
}
