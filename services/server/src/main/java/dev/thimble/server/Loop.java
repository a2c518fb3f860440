package dev.thimble.server;

import dev.thimble.observability.Readiness;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does one thing again and again on a virtual thread: at once as long as there is work, then after a pause. A failure is said
 * in {@code /ready} and tried again, ever more slowly up to every ten seconds; it never ends the process.
 */
final class Loop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final long LONGEST_PAUSE_MS = 10_000;

    private final String name;
    private final Duration pause;
    private final Step step;
    private final Readiness readiness;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;

    /** One piece of work. */
    @FunctionalInterface
    interface Step {
        /** Does it; returns whether there may be more. */
        boolean run() throws Exception;
    }

    private Loop(String name, Duration pause, Readiness readiness, Step step) {
        this.name = name;
        this.pause = pause;
        this.readiness = readiness;
        this.step = step;
        readiness.starting(name);
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    static Loop start(String name, Duration pause, Readiness readiness, Step step) {
        Loop loop = new Loop(name, pause, readiness, step);
        loop.thread.start();
        return loop;
    }

    private void run() {
        int failures = 0;
        boolean more = true;
        try {
            while (!stopped.await(more ? 0 : wait(failures), TimeUnit.MILLISECONDS)) {
                try {
                    more = step.run();
                    failures = 0;
                    readiness.ready(name);
                } catch (InterruptedException e) {
                    throw e;
                } catch (Exception e) {
                    more = false;
                    failures++;
                    readiness.notReady(name, problem(e));
                    LOG.debug("{} failed", name, e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long wait(int failures) {
        long pauseMs = pause.toMillis();
        return failures == 0 ? pauseMs : Math.min(LONGEST_PAUSE_MS, Math.max(pauseMs, 250L << Math.min(failures, 6)));
    }

    private static String problem(Exception e) {
        String message = e.getMessage();
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
    }

    /** Ends after the piece of work that runs; waits five seconds for it, then interrupts it. */
    @Override
    public void close() {
        stopped.countDown();
        try {
            if (!thread.join(Duration.ofSeconds(5))) {
                thread.interrupt();
                thread.join(Duration.ofSeconds(2));
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
