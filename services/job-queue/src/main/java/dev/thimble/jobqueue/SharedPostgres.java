package dev.thimble.jobqueue;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PostgreSQL server of one machine, shared by the processes that work in the same folder: whoever comes first starts
 * it, whoever leaves last stops it, and if it dies whoever notices first starts it again. A process that is killed counts
 * as gone, because the operating system takes back its lock on the file {@code users.lock}.
 */
public final class SharedPostgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SharedPostgres.class);
    private static final Map<Path, SharedPostgres> OPEN = new HashMap<>();
    private static final int WATCH_SECONDS = 2;

    private final Path folder;
    private final int wantedPort;
    private final FileChannel usersFile;
    private final CountDownLatch closed = new CountDownLatch(1);
    private FileLock use;
    private PostgresLogin login;
    private @Nullable EmbeddedPostgresServer own;
    private int openers = 1;

    private SharedPostgres(Path folder, int wantedPort) throws IOException {
        this.folder = folder;
        this.wantedPort = wantedPort;
        this.usersFile = open(folder.resolve("users.lock"));
        try (FileChannel startFile = open(folder.resolve("start.lock"));
                FileLock alone = startFile.lock()) {
            assert alone.isValid();
            this.login = startOrJoin();
            this.use = usersFile.lock(0, Long.MAX_VALUE, true);
        } catch (IOException | RuntimeException e) {
            usersFile.close();
            throw e;
        }
        Thread.ofVirtual().name("watch-postgres").start(this::watch);
    }

    /** Whether a server has ever been started in this folder. */
    public static boolean exists(Path folder) {
        return Files.exists(folder.resolve("data/postgresql.conf"));
    }

    /**
     * Joins the server of a folder, starting it if it does not run.
     *
     * @param folder holds the data, the unpacked binaries and the password
     * @param port where to start it; one that runs is joined whatever its port
     * @throws DatabaseUnavailable if it does not come up
     */
    public static SharedPostgres open(Path folder, int port) {
        Path absolute = folder.toAbsolutePath().normalize();
        synchronized (OPEN) {
            SharedPostgres known = OPEN.get(absolute);
            if (known != null) {
                known.openers++;
                return known;
            }
            try {
                Files.createDirectories(absolute);
                SharedPostgres opened = new SharedPostgres(absolute, port);
                OPEN.put(absolute, opened);
                return opened;
            } catch (IOException e) {
                throw new DatabaseUnavailable("the folder " + absolute + " of the database cannot be used: " + e, e);
            }
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** The caller holds the start lock. */
    private PostgresLogin startOrJoin() throws IOException {
        Optional<PostgresLogin> running = running();
        if (running.isPresent()) {
            return running.get();
        }
        if (!Files.exists(folder.resolve("data/postmaster.pid"))) {
            requireFree(wantedPort);
        }
        own = EmbeddedPostgresServer.start(folder, wantedPort);
        return new PostgresLogin(wantedPort, EmbeddedPostgresServer.password(folder));
    }

    /** Says at once what the server would be waited for in vain. */
    private static void requireFree(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            LOG.debug("{} is free", socket);
        } catch (BindException e) {
            throw new DatabaseUnavailable("the embedded PostgreSQL cannot have port " + port + ", which is taken", e);
        }
    }

    /** The server that runs in the folder, if it answers. */
    private Optional<PostgresLogin> running() throws IOException {
        try {
            List<String> lines = Files.readAllLines(folder.resolve("data/postmaster.pid"));
            if (lines.size() < 4 || !lines.get(3).strip().matches("[0-9]{1,5}")) {
                return Optional.empty();
            }
            int port = Integer.parseInt(lines.get(3).strip());
            PostgresLogin candidate = new PostgresLogin(port, EmbeddedPostgresServer.password(folder));
            return answers(candidate) ? Optional.of(candidate) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static boolean answers(PostgresLogin login) {
        try (Connection connection = login.connect("postgres")) {
            return connection.isValid(5);
        } catch (SQLException e) {
            return false;
        }
    }

    /** The address of a database of this server, which is made if it is absent. */
    public synchronized DatabaseAddress database(String name) {
        return login.database(name);
    }

    public synchronized int port() {
        return login.port();
    }

    private void watch() {
        try {
            while (!closed.await(WATCH_SECONDS, TimeUnit.SECONDS)) {
                if (!answers(login)) {
                    restart();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts a dead server again, on the port that every process knows. */
    private synchronized void restart() {
        if (closed.getCount() == 0) {
            return;
        }
        try (FileChannel startFile = open(folder.resolve("start.lock"));
                FileLock alone = startFile.lock()) {
            if (alone.isValid() && !answers(login)) {
                LOG.warn("PostgreSQL in {} is gone: starting it again", folder);
                if (own != null) {
                    own.close(); // gives back the library's lock on the folder
                }
                own = EmbeddedPostgresServer.start(folder, login.port());
            }
        } catch (IOException | DatabaseUnavailable e) {
            LOG.warn("PostgreSQL in {} cannot be started again yet: {}", folder, e.toString());
        }
    }

    /** Leaves the server; the last process to leave stops it. */
    @Override
    public void close() {
        synchronized (OPEN) {
            if (--openers > 0) {
                return;
            }
            OPEN.remove(folder);
            leave();
        }
    }

    private synchronized void leave() {
        closed.countDown();
        try (FileChannel startFile = open(folder.resolve("start.lock"));
                FileLock alone = startFile.lock()) {
            use.release();
            try (FileLock last = usersFile.tryLock()) {
                if (alone.isValid() && last != null) {
                    stop();
                }
            }
            usersFile.close();
        } catch (IOException e) {
            throw new DatabaseUnavailable("PostgreSQL in " + folder + " was not left in good order", e);
        }
    }

    private void stop() throws IOException {
        if (own == null && running().isPresent()) {
            own = EmbeddedPostgresServer.start(folder, login.port());
        }
        if (own != null) {
            own.close();
        }
    }
}
