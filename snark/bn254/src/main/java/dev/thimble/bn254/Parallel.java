package dev.thimble.bn254;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * A fixed pool for the heavy loops of a proof. Tasks are handed out one by one, so uneven ones balance. Before every task the cancellation flag is
 * asked; when it is set the loop ends with a {@link CancellationException}.
 *
 * <p>Results never depend on the number of threads. Not reentrant: a task must not start another loop.
 */
public final class Parallel implements AutoCloseable {
    private final int threads;
    private final BooleanSupplier cancelled;
    private final ExecutorService pool;

    /**
     * @param threads how many tasks run at once, at least 1
     * @param cancelled asked from every thread
     */
    public Parallel(int threads, BooleanSupplier cancelled) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads = " + threads + " must be at least 1");
        }
        this.threads = threads;
        this.cancelled = cancelled;
        this.pool = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name("bn254-", 0).factory());
    }

    /** A pool that is never cancelled. */
    public Parallel(int threads) {
        this(threads, () -> false);
    }

    /** How many tasks run at once. */
    public int threads() {
        return threads;
    }

    /** Runs task(0) … task(count - 1). */
    public void forEach(int count, IntConsumer task) {
        forEach(count, () -> task);
    }

    /** Cuts [0, total) into pieces of at least {@code minimum} elements and runs body(from, to) on each. */
    public void forRange(int total, int minimum, RangeBody body) {
        int pieces = Math.clamp(total / Math.max(1, minimum), 1, 8 * threads);
        forEach(pieces, i -> body.run((int) ((long) total * i / pieces), (int) ((long) total * (i + 1) / pieces)));
    }

    /** Runs task(0) … task(count - 1), where every thread first makes a task body of its own, with its own scratch memory. */
    public void forEach(int count, Supplier<? extends IntConsumer> bodies) {
        AtomicInteger next = new AtomicInteger();
        Runnable loop = () -> {
            IntConsumer body = bodies.get();
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                checkCancelled();
                body.accept(i);
            }
        };
        if (threads == 1 || count == 1) {
            loop.run();
            return;
        }
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < Math.min(threads, count); i++) {
            running.add(pool.submit(loop));
        }
        await(running, next);
    }

    /** Ends the calling loop if the work was cancelled. */
    public void checkCancelled() {
        if (cancelled.getAsBoolean()) {
            throw new CancellationException("cancelled");
        }
    }

    private static void await(List<Future<?>> running, AtomicInteger next) {
        RuntimeException failure = null;
        for (Future<?> future : running) {
            try {
                future.get();
            } catch (ExecutionException e) {
                next.set(Integer.MAX_VALUE / 2);
                failure = e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                next.set(Integer.MAX_VALUE / 2);
                failure = new CancellationException("interrupted");
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void close() {
        pool.shutdown();
    }

    /** The body of a loop over a range. */
    @FunctionalInterface
    public interface RangeBody {
        /** Handles the indices from (included) to (excluded). */
        void run(int from, int to);
    }
}
