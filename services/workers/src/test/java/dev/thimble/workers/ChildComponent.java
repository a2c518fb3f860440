package dev.thimble.workers;

import dev.thimble.http.ListenAddress;
import dev.thimble.jobqueue.DatabaseAddress;
import dev.thimble.objectstore.FolderObjectStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A component in a process of its own that stops dead at a milestone, to be killed there. */
final class ChildComponent {
    private static final String REACHED = "reached";

    private ChildComponent() {}

    /** Starts a component that will stop at {@code milestone}. */
    static Process start(TestSite site, Path store, String component, String milestone) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                ChildComponent.class.getName()));
        command.addAll(List.of(
                component,
                milestone,
                store.toString(),
                site.address.jdbcUrl(),
                site.address.user(),
                site.address.password()));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Waits until the child is at its milestone. */
    static void awaitMilestone(Process child) throws IOException {
        BufferedReader out = child.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.equals(REACHED)) {
                return;
            }
        }
        throw new IOException("the child ended");
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        DatabaseAddress address = new DatabaseAddress(arguments[3], arguments[4], arguments[5]);
        TestSite site = new TestSite(address, new FolderObjectStore(Path.of(arguments[2])));
        Site place = site.site("child", stopAt(arguments[1]));
        switch (arguments[0]) {
            case Components.WITNESS_GENERATOR ->
                Components.witnessGenerator(place).start();
            case Components.PROVER -> Components.prover(place).start();
            case Components.VECTOR_GENERATOR -> {
                VectorGenerator generator = new VectorGenerator(place.workshop(), 2, ListenAddress.loopback(0), null);
                Components.announcement(place, "http://127.0.0.1:" + generator.port())
                        .start();
            }
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        Thread.sleep(Duration.ofHours(1));
    }

    private static Consumer<String> stopAt(String milestone) {
        return passed -> {
            if (passed.equals(milestone)) {
                System.out.println(REACHED);
                while (true) {
                    try {
                        Thread.sleep(Duration.ofHours(1));
                    } catch (InterruptedException e) {
                        System.out.println("interrupted");
                    }
                }
            }
        };
    }
}
