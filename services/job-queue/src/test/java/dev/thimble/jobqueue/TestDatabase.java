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

/** One embedded server for all tests of this JVM; each test has a database of its own. */
final class TestDatabase {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private TestDatabase() {}

    private static final class Holder {
        static final EmbeddedPostgresServer SERVER = start();

        private static EmbeddedPostgresServer start() {
            try {
                Path folder = Files.createTempDirectory("thimble-queue-test");
                EmbeddedPostgresServer server = EmbeddedPostgresServer.start(folder, freePort());
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    server.close();
                    delete(folder);
                }));
                return server;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static final class Shared {
        static final QueueDatabase DATABASE = QueueDatabase.open(fresh(), 16);
    }

    /** A database of its own, without tables. */
    static DatabaseAddress fresh() {
        return Holder.SERVER.database("test_" + NUMBER.incrementAndGet());
    }

    /** The database that tests share one after the other, emptied. */
    static QueueDatabase emptied() {
        Shared.DATABASE.transaction(handle -> handle.execute("TRUNCATE protocol_versions, chains, batches, job_groups,"
                + " workers, jobs, job_attempts, operator_actions, jobs_archive"));
        return Shared.DATABASE;
    }

    static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
