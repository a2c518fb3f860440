package dev.thimble.l1;

import java.time.Duration;

/** Waiting for a node. */
final class Pause {
    private Pause() {}

    /**
     * Sleeps.
     *
     * @throws L1Failure if interrupted
     */
    static void of(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new L1Failure("interrupted while waiting for a node; run the same command again to go on");
        }
    }
}
