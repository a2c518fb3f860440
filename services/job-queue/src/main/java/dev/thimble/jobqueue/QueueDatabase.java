package dev.thimble.jobqueue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * A pool of connections to the queue's database, with its tables brought up to date. A transaction that fails because it
 * met another one, or because the server is being restarted, is run again; so every transaction here is written such that
 * running it twice does no harm.
 */
public final class QueueDatabase implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Set<String> CONFLICT = Set.of("40001", "40P01");
    private static final Set<String> SHUTDOWN = Set.of("57P01", "57P02", "57P03", "25P03", "53300");

    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final DatabaseAddress address;

    private QueueDatabase(HikariDataSource pool, DatabaseAddress address) {
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
        this.address = address;
    }

    /**
     * Connects and migrates.
     *
     * @param connections the most connections to hold
     * @throws DatabaseUnavailable if the database cannot be reached or holds tables of a newer version
     */
    public static QueueDatabase open(DatabaseAddress address, int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(address.jdbcUrl());
        config.setUsername(address.user());
        config.setPassword(address.password());
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(5_000);
        config.setPoolName("queue");
        config.addDataSourceProperty("ApplicationName", "thimble");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("socketTimeout", "60");
        try {
            QueueDatabase database = new QueueDatabase(new HikariDataSource(config), address);
            database.migrate("dev/thimble/jobqueue/migrations", "thimble_migrations");
            return database;
        } catch (HikariPool.PoolInitializationException e) {
            throw new DatabaseUnavailable("cannot reach the database " + address + "; is it running?", e);
        }
    }

    /**
     * Brings the tables of a module up to date. Modules that share this database have a history each, so neither waits for
     * the other's numbers.
     *
     * @param location the folder of its Flyway files on the class path
     * @param historyTable where Flyway notes what it has done
     * @throws DatabaseUnavailable if the tables are of a newer version
     */
    public void migrate(String location, String historyTable) {
        try {
            Flyway.configure(QueueDatabase.class.getClassLoader())
                    .dataSource(pool)
                    .locations("classpath:" + location)
                    .table(historyTable)
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            pool.close();
            throw new DatabaseUnavailable(
                    "cannot migrate the database " + address + "; it may belong to a newer version of this software: "
                            + e.getMessage(),
                    e);
        }
    }

    DatabaseAddress address() {
        return address;
    }

    /** Runs {@code work} in a transaction, again if need be, and gives its result. */
    public <T> T transaction(Function<Handle, T> work) {
        long begun = System.nanoTime();
        for (int round = 0; ; round++) {
            try {
                return jdbi.inTransaction(work::apply);
            } catch (JdbiException e) {
                boolean conflict = isConflict(e);
                if (!conflict && !isConnectionLost(e)) {
                    throw e;
                }
                if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                    throw new DatabaseUnavailable("the database " + address + " does not answer", e);
                }
                pause(conflict ? 20 : Math.min(1_000, 20L << Math.min(round, 6)), e);
            }
        }
    }

    private static void pause(long millis, JdbiException reason) {
        try {
            Thread.sleep(1 + ThreadLocalRandom.current().nextLong(millis));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            reason.addSuppressed(e);
            throw reason;
        }
    }

    private static boolean isConflict(Throwable e) {
        String state = sqlState(e);
        return state != null && CONFLICT.contains(state);
    }

    static boolean isConnectionLost(Throwable e) {
        String state = sqlState(e);
        return state != null && (state.startsWith("08") || SHUTDOWN.contains(state));
    }

    private static @Nullable String sqlState(Throwable e) {
        String state = null;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException) {
                return "08001";
            }
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                state = sql.getSQLState();
            }
        }
        return state;
    }

    @Override
    public void close() {
        pool.close();
    }
}
