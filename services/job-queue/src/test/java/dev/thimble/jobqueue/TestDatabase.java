package dev.thimble.jobqueue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** One embedded server for all tests of this JVM; each test has a database of its own. */
final class TestDatabase {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private TestDatabase() {}

    private static final class Holder {
        static final EmbeddedPostgresServer SERVER = start();

        private static EmbeddedPostgresServer start() {
            try {
                Path folder = Files.createTempDirectory("thimble-queue-test");
                return EmbeddedPostgresServer.start(folder, freePort());
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
}
