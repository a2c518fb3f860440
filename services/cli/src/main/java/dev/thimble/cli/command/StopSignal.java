package dev.thimble.cli.command;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * SIGTERM and SIGINT for commands that run until they are told to stop: the command's thread gets the chance to end in good
 * order, and the process then ends with its exit code; with 130 instead of 0 after SIGINT.
 */
public final class StopSignal {
    /** Below the 30 seconds within which a component must end. */
    private static final long GRACE_SECONDS = 28;

    private static final CountDownLatch ASKED = new CountDownLatch(1);
    private static final CountDownLatch ENDED = new CountDownLatch(1);
    private static final AtomicInteger EXIT_CODE = new AtomicInteger();
    private static boolean listening;

    private StopSignal() {}

    /** Begins to listen; without this the process ends at once. */
    public static synchronized void listen() {
        if (listening) {
            return;
        }
        listening = true;
        Runtime.getRuntime().addShutdownHook(new Thread(StopSignal::stop, "stop-signal"));
    }

    /** Whoever has not ended in good order by then is ended: as after kill -9, nothing is lost. */
    private static void stop() {
        ASKED.countDown();
        try {
            boolean ended = ENDED.await(GRACE_SECONDS, TimeUnit.SECONDS);
            int exitCode = ended ? EXIT_CODE.get() : ExitCode.DONE.number();
            boolean interrupted = exitCode == ExitCode.DONE.number() && isInterrupt();
            Runtime.getRuntime().halt(interrupted ? ExitCode.INTERRUPTED.number() : exitCode);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the JVM ends already, by a signal for instance. */
    public static boolean isEnding() {
        try {
            var hook = new Thread(() -> {});
            Runtime.getRuntime().addShutdownHook(hook);
            Runtime.getRuntime().removeShutdownHook(hook);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    /** Whether the process ends by SIGINT (Ctrl-C): the JVM handles a signal on a thread that has its name. */
    private static boolean isInterrupt() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("SIGINT handler"));
    }

    /** Waits for the signal. */
    public static void await() throws InterruptedException {
        listen();
        ASKED.await();
    }

    public static boolean isAsked() {
        return ASKED.getCount() == 0;
    }

    /**
     * Between the steps of a long start.
     *
     * @throws CancellationException if the signal has come
     */
    public static void check() {
        if (isAsked()) {
            throw new CancellationException("told to stop");
        }
    }

    /** Ends the process with the command's exit code. */
    public static void exit(int exitCode) {
        EXIT_CODE.set(exitCode);
        ENDED.countDown();
        System.exit(exitCode);
    }
}
