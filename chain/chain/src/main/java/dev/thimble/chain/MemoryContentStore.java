package dev.thimble.chain;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A content store in memory, over another one that is only read. Not thread-safe. */
public final class MemoryContentStore implements ContentStore {
    private static final ContentStore NOTHING = new Nothing();

    private final ContentStore below;
    private final Map<Bytes32, byte[]> contents = new LinkedHashMap<>();

    /** An empty store. */
    public MemoryContentStore() {
        this(NOTHING);
    }

    /** A store that has at first what {@code below} has, and never writes to it. */
    public MemoryContentStore(ContentStore below) {
        this.below = below;
    }

    @Override
    public Optional<byte[]> get(Bytes32 hash) {
        byte[] found = contents.get(hash);
        return found == null ? below.get(hash) : Optional.of(found.clone());
    }

    @Override
    public Bytes32 put(byte[] bytes) {
        Bytes32 hash = Bytes32.keccak(bytes);
        contents.putIfAbsent(hash, bytes.clone());
        return hash;
    }

    /** Puts everything that was added here into another store, in the same order. */
    public void copyTo(ContentStore target) {
        contents.values().forEach(target::put);
    }

    private static final class Nothing implements ContentStore {
        @Override
        public Optional<byte[]> get(Bytes32 hash) {
            return Optional.empty();
        }

        @Override
        public Bytes32 put(byte[] bytes) {
            throw new UnsupportedOperationException("this store stays empty");
        }
    }
}
