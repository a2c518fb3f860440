package dev.thimble.cli;

import dev.thimble.jobqueue.QueueDatabase;
import dev.thimble.objectstore.ObjectStore;
import dev.thimble.objectstorecloud.ObjectStores;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The database and the object store that the settings name; by default our own in the state folder.
 *
 * @param access the database
 * @param store the artifacts
 */
record PipelineStorage(DatabaseAccess access, ObjectStore store) implements AutoCloseable {
    private static final int CONNECTIONS = 24;

    /**
     * Opens both.
     *
     * @throws CommandFailure DATABASE_UNAVAILABLE or STORE_UNAVAILABLE
     */
    static PipelineStorage open(Settings settings, Path home) {
        ObjectStore store = store(settings, home);
        return new PipelineStorage(DatabaseAccess.open(settings, home, CONNECTIONS), store);
    }

    QueueDatabase database() {
        return access.database();
    }

    private static ObjectStore store(Settings settings, Path home) {
        String address = settings.text(Setting.STORE);
        String chosen = address.isEmpty() ? home.resolve("store").toString() : address;
        try {
            ObjectStore store = ObjectStores.open(chosen);
            store.probe();
            return store;
        } catch (IOException | IllegalArgumentException e) {
            throw CommandFailure.environment(
                    "STORE_UNAVAILABLE",
                    "the object store " + chosen + " cannot be used: " + e.getMessage(),
                    "Check --store and its credentials.");
        }
    }

    @Override
    public void close() throws IOException {
        store.close();
        access.close();
    }
}
