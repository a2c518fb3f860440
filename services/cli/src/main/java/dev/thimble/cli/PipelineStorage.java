package dev.thimble.cli;

import dev.thimble.jobqueue.DatabaseAddress;
import dev.thimble.jobqueue.DatabaseUnavailable;
import dev.thimble.jobqueue.QueueDatabase;
import dev.thimble.jobqueue.SharedPostgres;
import dev.thimble.objectstore.ObjectStore;
import dev.thimble.objectstorecloud.ObjectStores;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The database and the object store that the settings name; by default our own in the state folder.
 *
 * @param postgres our own server, or null
 * @param database its connections
 * @param store the artifacts
 */
record PipelineStorage(@Nullable SharedPostgres postgres, QueueDatabase database, ObjectStore store)
        implements AutoCloseable {
    private static final int CONNECTIONS = 16;

    /**
     * Opens both.
     *
     * @throws CommandFailure DATABASE_UNAVAILABLE or STORE_UNAVAILABLE
     */
    static PipelineStorage open(Settings settings, Path home) {
        ObjectStore store = store(settings, home);
        SharedPostgres postgres = null;
        try {
            DatabaseAddress address;
            if (settings.text(Setting.DATABASE_URL).isEmpty()) {
                postgres = SharedPostgres.open(home.resolve("postgres"), settings.port(Setting.DATABASE_PORT));
                address = postgres.database("thimble");
            } else {
                address = new DatabaseAddress(
                        settings.text(Setting.DATABASE_URL),
                        settings.text(Setting.DATABASE_USER),
                        settings.text(Setting.DATABASE_PASSWORD));
            }
            return new PipelineStorage(postgres, QueueDatabase.open(address, CONNECTIONS), store);
        } catch (DatabaseUnavailable | IllegalArgumentException e) {
            if (postgres != null) {
                postgres.close();
            }
            throw CommandFailure.environment(
                    "DATABASE_UNAVAILABLE",
                    String.valueOf(e.getMessage()),
                    "Check --database-url and THIMBLE_DATABASE_PASSWORD, or --database-port for our own.");
        }
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
        database.close();
        store.close();
        if (postgres != null) {
            postgres.close();
        }
    }
}
