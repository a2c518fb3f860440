package dev.thimble.field;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;

/**
 * Runs a vector kernel on a background thread until the compiler has made it much faster than its scalar twin. Before that
 * every vector is an object, and the kernel is hundreds of times slower than plain Java.
 */
public final class WarmUp {
    private static final Logger LOG = System.getLogger(WarmUp.class.getName());
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int WINS = 5;
    private static final long EAGER_NANOS = TimeUnit.MINUTES.toNanos(2);
    private static final long PAUSE_MILLIS = 1_000;

    private WarmUp() {}

    /**
     * Runs {@code vector} and {@code scalar}, the same work by both twins, in turn on a daemon thread. Once the vector
     * twin has taken less than half the processor time five times running, calls {@code ready}. After two minutes it says
     * that it is still at it, and goes on once a second.
     *
     * @param name the kernels' name in the log
     */
    public static void start(String name, Runnable scalar, Runnable vector, Runnable ready) {
        Thread.ofPlatform().daemon().name("thimble-warm-up-" + name).start(() -> {
            try {
                run(name, scalar, vector, ready);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static void run(String name, Runnable scalar, Runnable vector, Runnable ready) throws InterruptedException {
        long start = System.nanoTime();
        boolean eager = true;
        for (int wins = 0; wins < WINS; wins = 2 * nanoseconds(vector) < nanoseconds(scalar) ? wins + 1 : 0) {
            if (eager && System.nanoTime() - start > EAGER_NANOS) {
                eager = false;
                LOG.log(
                        Level.WARNING,
                        "{0}: scalar kernels until the vector twin is twice as fast, which it is not after two minutes",
                        name);
            }
            if (!eager) {
                Thread.sleep(PAUSE_MILLIS);
            }
        }
        ready.run();
        long milliseconds = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        LOG.log(Level.DEBUG, "{0}: vector kernels from now on, after {1} ms", name, milliseconds);
    }

    /** The processor time of this thread alone, which other load on the machine hardly changes. */
    private static long nanoseconds(Runnable work) {
        long start = THREADS.getCurrentThreadCpuTime();
        work.run();
        return THREADS.getCurrentThreadCpuTime() - start;
    }
}
