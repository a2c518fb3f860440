package dev.thimble.workers;

import dev.thimble.http.ListenAddress;
import dev.thimble.jobqueue.DatabaseAddress;
import dev.thimble.jobqueue.JobEvent;
import dev.thimble.objectstore.FolderObjectStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A component in a process of its own that halts at a milestone, to be killed there or to be told to go on. */
final class ChildComponent {
    private static final String REACHED = "reached ";
    private static final String OUTCOME = "outcome ";

    private ChildComponent() {}

    /** Starts a component that will halt at {@code milestone}. */
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

    /** Waits until the child is at its milestone; returns a name of the attempt that is. */
    static String awaitMilestone(Process child) throws IOException {
        return awaitLine(child, REACHED);
    }

    /** Lets an attempt go on that is at its milestone, and waits for its end. */
    static JobEvent.Outcome goOn(Process child, String attempt) throws IOException {
        child.getOutputStream().write('\n');
        child.getOutputStream().flush();
        return JobEvent.Outcome.valueOf(awaitLine(child, OUTCOME + attempt + " "));
    }

    /** What follows {@code beginning} in the next line that begins with it. */
    private static String awaitLine(Process child, String beginning) throws IOException {
        BufferedReader out = child.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(beginning)) {
                return line.substring(beginning.length());
            }
        }
        throw new IOException("the child ended");
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        DatabaseAddress address = new DatabaseAddress(arguments[3], arguments[4], arguments[5]);
        TestSite site = new TestSite(address, new FolderObjectStore(Path.of(arguments[2])));
        Site place = site.site(
                "child",
                TestSite.VERSION,
                haltAt(arguments[1]),
                event -> say(OUTCOME, event.outcome().name()));
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

    /** Every attempt runs on a thread of its own, whose name is that of the attempt. */
    private static void say(String what, String more) {
        System.out.println((what + Thread.currentThread().getName() + " " + more).strip());
    }

    /** Halts until a line comes in; ends if none can come any more, because the parent has. */
    private static Consumer<String> haltAt(String milestone) {
        AtomicBoolean once = new AtomicBoolean();
        return passed -> {
            if (passed.equals(milestone) && once.compareAndSet(false, true)) {
                say(REACHED, "");
                try {
                    if (System.in.read() < 0) {
                        Runtime.getRuntime().halt(1);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }
}
