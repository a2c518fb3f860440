package dev.thimble.gateway;

import dev.thimble.jobqueue.DatabaseAddress;
import dev.thimble.jobqueue.JobQueue;
import dev.thimble.jobqueue.QueueDatabase;
import dev.thimble.objectstore.FolderObjectStore;
import dev.thimble.objectstore.ObjectKey;
import dev.thimble.objectstore.ObjectStore;
import dev.thimble.objectstore.StoredObject;
import dev.thimble.observability.Observability;
import dev.thimble.server.L2Node;
import dev.thimble.server.ThimbleServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A gateway or a server in a process of its own, to be killed. It ends with its parent. */
final class Child implements AutoCloseable {
    private static final String SERVER = "server";
    private static final String GATEWAY = "gateway";
    private static final String SAYS = "child: ";
    private static final String STORED = "stored";

    private final Process process;
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

    private Child(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName()));
        command.addAll(arguments);
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Thread.ofVirtual().start(this::listen);
    }

    private void listen() {
        process.inputReader(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith(SAYS))
                .forEach(line -> said.add(line.substring(SAYS.length())));
    }

    static Child server(DatabaseAddress address, Path store, URI node) throws IOException {
        return new Child(List.of(
                SERVER, address.jdbcUrl(), address.user(), address.password(), store.toString(), node.toString()));
    }

    /**
     * @param halt the type of the artifact after whose storing it halts, or a word that is none
     */
    static Child gateway(DatabaseAddress address, Path store, URI server, String halt) throws IOException {
        return new Child(List.of(
                GATEWAY,
                address.jdbcUrl(),
                address.user(),
                address.password(),
                store.toString(),
                server.toString(),
                halt));
    }

    /** The next thing that the child says: a server where it is, a gateway that it halts. */
    String says() throws InterruptedException {
        String next = said.poll(3, TimeUnit.MINUTES);
        if (next == null) {
            throw new AssertionError("the child says nothing");
        }
        return next;
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    public static void main(String[] arguments) throws IOException {
        DatabaseAddress address = new DatabaseAddress(arguments[1], arguments[2], arguments[3]);
        QueueDatabase database = QueueDatabase.open(address, 8);
        FolderObjectStore store = new FolderObjectStore(Path.of(arguments[4]));
        URI other = URI.create(arguments[5]);
        if (arguments[0].equals(SERVER)) {
            Observability observability = new Observability(SERVER, "test");
            ThimbleServer server = ThimbleServer.start(
                    Parts.options(Parts.CHAIN),
                    database,
                    store,
                    L2Node.External.at(other),
                    Optional.empty(),
                    observability);
            System.out.println(SAYS + server.proofDataUrl().orElseThrow());
        } else {
            Parts.gateway(other, new JobQueue(database, Parts.QUICK), new Halting(store, arguments[6]), "killed");
        }
        if (System.in.read() < 0) {
            Runtime.getRuntime().halt(1);
        }
    }

    /** A store that never returns from putting an artifact of one type. */
    private record Halting(ObjectStore store, String type) implements ObjectStore {
        @Override
        public boolean putIfAbsent(ObjectKey key, InputStream content) throws IOException {
            boolean stored = store.putIfAbsent(key, content);
            if (key.path().contains("/" + type + "/")) {
                System.out.println(SAYS + STORED);
                synchronized (this) {
                    while (true) {
                        try {
                            wait();
                        } catch (InterruptedException e) {
                            throw new IOException(e);
                        }
                    }
                }
            }
            return stored;
        }

        @Override
        public InputStream open(ObjectKey key) throws IOException {
            return store.open(key);
        }

        @Override
        public boolean exists(ObjectKey key) throws IOException {
            return store.exists(key);
        }

        @Override
        public boolean delete(ObjectKey key) throws IOException {
            return store.delete(key);
        }

        @Override
        public List<StoredObject> list(String prefix) throws IOException {
            return store.list(prefix);
        }

        @Override
        public void close() throws IOException {
            store.close();
        }
    }
}
