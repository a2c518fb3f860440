package dev.thimble.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * Turns SIGTERM and SIGINT of a service into an end in good order: {@link #await} returns, the service closes what it has,
 * and {@link #exit} ends the process with the command's own exit code. What takes longer than 28 seconds is cut off.
 */
final class StopSignal {
    private static final Duration PATIENCE = Duration.ofSeconds(28);
    private static final CountDownLatch REQUESTED = new CountDownLatch(1);

    private StopSignal() {}

    /** Waits until the process is told to stop. */
    static void await() throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(StopSignal::stop, "stop"));
        REQUESTED.await();
    }

    private static void stop() {
        REQUESTED.countDown();
        try {
            Thread.sleep(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the process, also from within its end. */
    static void exit(int code) {
        if (REQUESTED.getCount() == 0) {
            Runtime.getRuntime().halt(code);
        }
        System.exit(code);
    }
}
