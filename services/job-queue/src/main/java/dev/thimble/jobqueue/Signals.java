package dev.thimble.jobqueue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for notifications on a connection of its own and wakes waiting threads. When the connection breaks, it is made
 * again and everybody is woken, since notifications may have been missed.
 */
final class Signals implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);
    private static final int BLOCK_MILLIS = 5_000;
    private static final long RECONNECT_MILLIS = 500;

    private final DatabaseAddress address;
    private final Map<String, Long> counts = new HashMap<>();
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable Connection connection;

    Signals(DatabaseAddress address) {
        this.address = address;
        this.thread = Thread.ofPlatform().daemon().name("queue-signals").unstarted(this::listen);
    }

    void start() {
        thread.start();
    }

    /** A number that grows with every signal in one of the lanes. */
    synchronized long seen(Collection<Lane> lanes) {
        long sum = counts.getOrDefault("", 0L);
        for (Lane lane : lanes) {
            sum += counts.getOrDefault(lane.text(), 0L);
        }
        return sum;
    }

    /** Waits until {@link #seen} is no longer {@code before}, or the time is over. */
    synchronized void await(Collection<Lane> lanes, long before, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!closed && seen(lanes) == before) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return;
            }
            wait(left);
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** Wakes all threads of this process that wait, whatever their lanes. */
    void wakeAll() {
        signal("");
    }

    private synchronized void signal(String lane) {
        counts.merge(lane, 1L, Long::sum);
        notifyAll();
    }

    private void listen() {
        while (!closed) {
            try (Connection fresh =
                    DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password())) {
                connection = fresh;
                receive(fresh);
            } catch (SQLException e) {
                if (!closed) {
                    LOG.info("waiting for the database: {}", e.getMessage());
                    pause();
                }
            }
        }
    }

    private void receive(Connection fresh) throws SQLException {
        PGConnection postgres = fresh.unwrap(PGConnection.class);
        try (Statement statement = fresh.createStatement()) {
            statement.execute("LISTEN " + Notifier.CHANNEL);
            wakeAll();
            while (!closed) {
                PGNotification[] received = postgres.getNotifications(BLOCK_MILLIS);
                if (received == null || received.length == 0) {
                    statement.execute("SELECT 1");
                    continue;
                }
                for (PGNotification notification : received) {
                    signal(notification.getParameter());
                }
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(RECONNECT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        wakeAll();
        Connection open = connection;
        if (open != null) {
            try {
                open.unwrap(PGConnection.class).cancelQuery();
                open.abort(Runnable::run);
            } catch (SQLException e) {
                LOG.debug("while closing", e);
            }
        }
    }
}
