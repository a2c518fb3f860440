package dev.thimble.field;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A fixed pool of threads for proving. The calling thread works too, so {@code new Workers(1)} starts no thread.
 *
 * <p>Tasks run in no particular order: results are deterministic when tasks write disjoint ranges. A task may itself
 * call {@link #forEach}. Several threads may share one instance.
 */
public final class Workers implements AutoCloseable {
    private final int threads;
    private final @Nullable ExecutorService helpers;

    /** Makes a pool of {@code threads} threads, the caller of {@link #forEach} included. */
    public Workers(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads " + threads + " is below 1");
        }
        this.threads = threads;
        this.helpers = threads == 1
                ? null
                : Executors.newFixedThreadPool(
                        threads - 1,
                        Thread.ofPlatform().daemon().name("thimble-worker-", 1).factory());
    }

    /** Returns a pool of the calling thread alone. */
    public static Workers single() {
        return new Workers(1);
    }

    public int threads() {
        return threads;
    }

    /**
     * Runs {@code task} for 0 to tasks - 1 and returns when all have ended.
     *
     * <p>The first exception of a task is thrown here and the tasks not yet begun are left out. If the calling thread is
     * interrupted the tasks not yet begun are left out and CancellationException is thrown, with the interrupt flag
     * still set.
     */
    public void forEach(int tasks, IntConsumer task) {
        if (tasks < 0) {
            throw new IllegalArgumentException("tasks " + tasks + " is negative");
        }
        Round round = new Round(tasks, task, Thread.currentThread());
        if (helpers != null) {
            for (int i = Math.min(threads, tasks) - 1; i > 0; i--) {
                helpers.execute(round);
            }
        }
        round.run();
        round.await();
    }

    /** Splits [0, length) into ranges of at most {@code step} and runs {@code task} on each. */
    public void forRanges(int length, int step, RangeTask task) {
        if (length < 0 || step < 1) {
            throw new IllegalArgumentException("length " + length + ", step " + step);
        }
        int ranges = (int) (((long) length + step - 1) / step);
        forEach(ranges, i -> task.run(i * step, (int) Math.min(length, (i + 1L) * step)));
    }

    @Override
    public void close() {
        if (helpers != null) {
            helpers.shutdown();
        }
    }

    /** Work on the half-open range [from, to). */
    @FunctionalInterface
    public interface RangeTask {
        void run(int from, int to);
    }

    /** One call of forEach: a counter that threads draw task numbers from. */
    private static final class Round implements Runnable {
        private final int tasks;
        private final IntConsumer task;
        private final Thread caller;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        private final CountDownLatch open;

        Round(int tasks, IntConsumer task, Thread caller) {
            this.tasks = tasks;
            this.task = task;
            this.caller = caller;
            this.open = new CountDownLatch(tasks);
        }

        @Override
        public void run() {
            for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
                try {
                    runUnlessOver(i);
                } finally {
                    open.countDown();
                }
            }
        }

        @SuppressWarnings("CatchingUnchecked") // whatever a task throws is handed to the caller of forEach
        private void runUnlessOver(int i) {
            if (failure.get() != null) {
                return;
            }
            if (caller.isInterrupted()) {
                failure.compareAndSet(null, new CancellationException("interrupted"));
                return;
            }
            try {
                task.accept(i);
            } catch (Throwable e) {
                failure.compareAndSet(null, e);
            }
        }

        void await() {
            boolean interrupted = false;
            while (true) {
                try {
                    open.await();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                    failure.compareAndSet(null, new CancellationException("interrupted"));
                }
            }
            if (interrupted) {
                caller.interrupt();
            }
            rethrow();
        }

        private void rethrow() {
            Throwable first = failure.get();
            if (first instanceof Error error) {
                throw error;
            }
            if (first instanceof RuntimeException exception) {
                throw exception;
            }
            if (first != null) {
                throw new IllegalStateException(first);
            }
        }
    }
}
