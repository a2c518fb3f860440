package dev.thimble.jobqueue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Another process that uses the queue, to be killed. It prints a line when it is at work. */
final class ChildJvm {
    private ChildJvm() {}

    static Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ChildJvm.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Waits until the child says that it is at work. */
    static void awaitReady(Process child) throws IOException {
        BufferedReader out = child.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.equals("ready")) {
                return;
            }
        }
        throw new IOException("the child ended");
    }

    public static void main(String[] arguments) throws InterruptedException, IOException {
        switch (arguments[0]) {
            case "worker" -> work(new DatabaseAddress(arguments[1], arguments[2], arguments[3]));
            case "server" -> serve(Path.of(arguments[1]), Integer.parseInt(arguments[2]));
            case "sharer" -> share(Path.of(arguments[1]), Integer.parseInt(arguments[2]));
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** Takes one job and never ends it; gives it back on SIGTERM. */
    private static void work(DatabaseAddress address) throws InterruptedException {
        QueueDatabase database = QueueDatabase.open(address, 4);
        JobQueue queue = new JobQueue(database, QueueFixture.QUICK);
        JobFunction stuck = lease -> {
            System.out.println("ready");
            Thread.sleep(Duration.ofHours(1));
            throw new IllegalStateException("woke up");
        };
        JobWorker worker =
                new JobWorker(queue, QueueFixture.identity("child"), Map.of(QueueFixture.PROVE, stuck), 1, event -> {});
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                worker.stop(Duration.ofMillis(100));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        worker.start();
        Thread.sleep(Duration.ofHours(1));
    }

    private static void serve(Path folder, int port) throws InterruptedException {
        EmbeddedPostgresServer server = EmbeddedPostgresServer.start(folder, port);
        QueueDatabase database = QueueDatabase.open(server.database("kept"), 2);
        new JobQueue(database, RetryPolicy.DEFAULT).registerVersion(QueueFixture.VERSION, "aa", null);
        System.out.println("ready");
        Thread.sleep(Duration.ofHours(1));
    }

    /** Uses the shared server until the input ends. */
    private static void share(Path folder, int port) throws IOException {
        try (SharedPostgres server = SharedPostgres.open(folder, port);
                QueueDatabase database = QueueDatabase.open(server.database("kept"), 2)) {
            new JobQueue(database, RetryPolicy.DEFAULT).registerVersion(QueueFixture.VERSION, "aa", null);
            System.out.println("ready");
            System.in.read();
        }
    }
}
