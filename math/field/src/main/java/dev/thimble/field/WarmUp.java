package dev.thimble.field;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;

/**
 * Runs a vector kernel on a background thread until the compiler has made it much faster than its scalar twin. Before that
 * every vector is an object, and the kernel is hundreds of times slower than plain Java.
 */
public final class WarmUp {
    private static final Logger LOG = System.getLogger(WarmUp.class.getName());
    private static final int WINS = 5;
    private static final long LIMIT_SECONDS = 120;

    private WarmUp() {}

    /**
     * Runs {@code vector} and {@code scalar}, the same work by both twins, in turn on a daemon thread. Once the vector
     * twin has taken less than half the time five times running, calls {@code ready}; gives up after two minutes.
     *
     * @param name the kernels' name in the log
     */
    public static void start(String name, Runnable scalar, Runnable vector, Runnable ready) {
        Thread.ofPlatform().daemon().name("thimble-warm-up-" + name).start(() -> run(name, scalar, vector, ready));
    }

    private static void run(String name, Runnable scalar, Runnable vector, Runnable ready) {
        long start = System.nanoTime();
        int wins = 0;
        while (wins < WINS) {
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(LIMIT_SECONDS)) {
                LOG.log(
                        Level.WARNING,
                        "{0}: scalar kernels, because the vector twin did not become twice as fast",
                        name);
                return;
            }
            wins = 2 * nanoseconds(vector) < nanoseconds(scalar) ? wins + 1 : 0;
        }
        ready.run();
        long milliseconds = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        LOG.log(Level.DEBUG, "{0}: vector kernels from now on, after {1} ms", name, milliseconds);
    }

    private static long nanoseconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return System.nanoTime() - start;
    }
}
