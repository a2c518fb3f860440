package dev.thimble.objectstore;

import java.io.IOException;

/** There is no object of this name. */
public final class MissingArtifact extends IOException {
    private final transient ObjectKey key;

    public MissingArtifact(ObjectKey key) {
        super("artifact " + key + " is missing");
        this.key = key;
    }

    public ObjectKey key() {
        return key;
    }
}
