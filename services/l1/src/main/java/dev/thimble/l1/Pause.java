package dev.thimble.l1;

import java.time.Duration;

/** Waiting for a node. */
final class Pause {
    private Pause() {}

    /**
     * Sleeps.
     *
     * @throws L1Mismatch if interrupted
     */
    static void of(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new L1Mismatch("interrupted while waiting for a node; run the same command again to go on");
        }
    }
}
