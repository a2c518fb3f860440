package dev.thimble.objectstore;

import java.io.IOException;

/** An object is there but is not what was stored under its name. Delete it and make it again. */
public final class CorruptArtifact extends IOException {
    private final transient ObjectKey key;

    public CorruptArtifact(ObjectKey key, String reason) {
        super("artifact " + key + " is corrupt: " + reason);
        this.key = key;
    }

    public ObjectKey key() {
        return key;
    }
}
