package dev.thimble.cli.database;

import dev.thimble.cli.command.CommandFailure;
import dev.thimble.cli.command.Context;
import dev.thimble.cli.command.Setting;
import dev.thimble.cli.command.Settings;
import dev.thimble.jobqueue.DatabaseAddress;
import dev.thimble.jobqueue.DatabaseUnavailable;
import dev.thimble.jobqueue.QueueDatabase;
import dev.thimble.jobqueue.SharedPostgres;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The database that the settings name, open; our own one runs as long as some process uses it.
 *
 * @param url where it is; the password is no part of it
 * @param postgres our own server, or null
 * @param database its connections
 */
public record DatabaseAccess(String url, @Nullable SharedPostgres postgres, QueueDatabase database)
        implements AutoCloseable {
    private static final String NAME = "thimble";
    private static final int FEW_CONNECTIONS = 3;

    /**
     * Opens the database, making our own if there is none.
     *
     * @throws CommandFailure DATABASE_UNAVAILABLE
     */
    public static DatabaseAccess open(Settings settings, Path home, int connections) {
        SharedPostgres postgres = null;
        try {
            DatabaseAddress address;
            if (isOwn(settings)) {
                postgres = SharedPostgres.open(
                        folder(home), KeptPorts.withDatabase(settings, home).port(Setting.DATABASE_PORT));
                address = postgres.database(NAME);
            } else {
                address = new DatabaseAddress(
                        settings.text(Setting.DATABASE_URL),
                        settings.text(Setting.DATABASE_USER),
                        settings.text(Setting.DATABASE_PASSWORD));
            }
            return new DatabaseAccess(address.jdbcUrl(), postgres, QueueDatabase.open(address, connections));
        } catch (DatabaseUnavailable | IllegalArgumentException e) {
            if (postgres != null) {
                postgres.close();
            }
            throw CommandFailure.environment(
                    "DATABASE_UNAVAILABLE",
                    String.valueOf(e.getMessage()),
                    isOwn(settings)
                            ? "Choose its port with --database-port; another PostgreSQL is named with --database-url."
                            : "Check --database-url, its user and THIMBLE_DATABASE_PASSWORD.");
        }
    }

    /**
     * Opens a database that is there already, for commands that only look or operate.
     *
     * @throws CommandFailure NO_DATABASE if nothing has ever been set up here
     */
    public static DatabaseAccess existing(Context context, Settings settings) {
        if (!isThere(context, settings)) {
            throw CommandFailure.environment(
                    "NO_DATABASE",
                    "there is no database in " + context.home(),
                    "Run thimble init or thimble demo, give --home, or name a server with --database-url.");
        }
        return open(settings, context.home(), FEW_CONNECTIONS);
    }

    /** Whether a database has been set up here, or others run one. */
    public static boolean isThere(Context context, Settings settings) {
        return !isOwn(settings) || SharedPostgres.exists(folder(context.home()));
    }

    private static boolean isOwn(Settings settings) {
        return settings.text(Setting.DATABASE_URL).isEmpty();
    }

    private static Path folder(Path home) {
        return home.resolve("postgres");
    }

    @Override
    public void close() {
        database.close();
        if (postgres != null) {
            postgres.close();
        }
    }
}
