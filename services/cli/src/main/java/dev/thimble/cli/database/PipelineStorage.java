package dev.thimble.cli.database;

import dev.thimble.cli.command.CommandFailure;
import dev.thimble.cli.command.Setting;
import dev.thimble.cli.command.Settings;
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
 * @param place where those are: a folder, or the URL of a bucket
 */
public record PipelineStorage(DatabaseAccess access, ObjectStore store, String place) implements AutoCloseable {
    private static final int CONNECTIONS = 24;

    /**
     * Opens both.
     *
     * @throws CommandFailure DATABASE_UNAVAILABLE or STORE_UNAVAILABLE
     */
    public static PipelineStorage open(Settings settings, Path home) {
        String address = settings.text(Setting.STORE);
        String place = address.isEmpty() ? home.resolve("store").toString() : address;
        ObjectStore store = store(place);
        return new PipelineStorage(DatabaseAccess.open(settings, home, CONNECTIONS), store, place);
    }

    public QueueDatabase database() {
        return access.database();
    }

    private static ObjectStore store(String place) {
        try {
            ObjectStore store = ObjectStores.open(place);
            store.probe();
            return store;
        } catch (IOException | IllegalArgumentException e) {
            throw CommandFailure.environment(
                    "STORE_UNAVAILABLE",
                    "the object store " + place + " cannot be used: " + e.getMessage(),
                    "Check --store and its credentials.");
        }
    }

    @Override
    public void close() throws IOException {
        store.close();
        access.close();
    }
}
