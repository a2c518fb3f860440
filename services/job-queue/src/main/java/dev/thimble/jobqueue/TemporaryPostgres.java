package dev.thimble.jobqueue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A PostgreSQL server on a free port, in a folder that is deleted with it: for measurements and tests. It has the durable
 * settings of every server of ours.
 */
public final class TemporaryPostgres implements AutoCloseable {
    private final Path folder;
    private final EmbeddedPostgresServer server;
    private final AtomicInteger databases = new AtomicInteger();

    private TemporaryPostgres(Path folder) throws IOException {
        this.folder = folder;
        this.server = EmbeddedPostgresServer.start(folder, freePort());
    }

    private static final class Holder {
        static final TemporaryPostgres OF_PROCESS = ofProcess();

        private static TemporaryPostgres ofProcess() {
            try {
                TemporaryPostgres started = new TemporaryPostgres(Files.createTempDirectory("thimble-postgres-"));
                Runtime.getRuntime().addShutdownHook(new Thread(started::close));
                return started;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The server that lives as long as this process. */
    public static TemporaryPostgres ofThisProcess() {
        return Holder.OF_PROCESS;
    }

    /**
     * Starts a server.
     *
     * @param parent an existing folder; the server's own is made in it
     * @throws DatabaseUnavailable if it does not come up
     */
    public static TemporaryPostgres start(Path parent) throws IOException {
        return new TemporaryPostgres(Files.createTempDirectory(parent, "postgres-"));
    }

    /** The address of a new database, without tables. */
    public DatabaseAddress newDatabase() {
        return server.database("temporary_" + databases.incrementAndGet());
    }

    /** Stops the server and deletes its folder. */
    @Override
    public void close() {
        server.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A port of the loopback interface that nobody listens on. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
