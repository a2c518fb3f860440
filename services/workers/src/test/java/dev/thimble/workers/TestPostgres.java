package dev.thimble.workers;

import dev.thimble.jobqueue.DatabaseAddress;
import dev.thimble.jobqueue.SharedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** One server for all tests of this JVM; each test has a database of its own. */
final class TestPostgres {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private TestPostgres() {}

    private static final class Holder {
        static final SharedPostgres SERVER = start();

        private static SharedPostgres start() {
            try {
                Path folder = Files.createTempDirectory("thimble-workers-test");
                SharedPostgres server = SharedPostgres.open(folder, freePort());
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

    static DatabaseAddress fresh() {
        return Holder.SERVER.database("test_" + NUMBER.incrementAndGet());
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
