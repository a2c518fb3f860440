package dev.thimble.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkersTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void everyTaskRunsOnce(int threads) {
        try (Workers workers = new Workers(threads)) {
            for (int tasks : new int[] {0, 1, 2, 1000}) {
                AtomicIntegerArray runs = new AtomicIntegerArray(tasks);
                workers.forEach(tasks, runs::incrementAndGet);
                for (int i = 0; i < tasks; i++) {
                    assertThat(runs.get(i)).isEqualTo(1);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void rangesCoverEveryIndexOnce(int threads) {
        try (Workers workers = new Workers(threads)) {
            AtomicIntegerArray runs = new AtomicIntegerArray(107);
            workers.forRanges(107, 10, (from, to) -> {
                for (int i = from; i < to; i++) {
                    runs.incrementAndGet(i);
                }
            });
            for (int i = 0; i < 107; i++) {
                assertThat(runs.get(i)).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void tasksMayCallForEach(int threads) {
        try (Workers workers = new Workers(threads)) {
            AtomicInteger runs = new AtomicInteger();
            workers.forEach(20, i -> workers.forEach(20, j -> runs.incrementAndGet()));
            assertThat(runs.get()).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void anExceptionEndsTheWorkAndReachesTheCaller(int threads) {
        try (Workers workers = new Workers(threads)) {
            AtomicInteger runs = new AtomicInteger();
            assertThatThrownBy(() -> workers.forEach(1_000_000, i -> {
                        runs.incrementAndGet();
                        throw new IllegalArgumentException("task " + i);
                    }))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("task");
            assertThat(runs.get()).isLessThan(1000);
            workers.forEach(3, i -> runs.incrementAndGet());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void anInterruptCancels(int threads) {
        try (Workers workers = new Workers(threads)) {
            Thread caller = Thread.currentThread();
            AtomicInteger runs = new AtomicInteger();
            assertThatThrownBy(() -> workers.forEach(1_000_000, i -> {
                        runs.incrementAndGet();
                        caller.interrupt();
                    }))
                    .isInstanceOf(CancellationException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(runs.get()).isLessThan(1000);
        }
    }

    @Test
    void aPoolHasAtLeastOneThread() {
        assertThatThrownBy(() -> new Workers(0)).hasMessageContaining("threads 0");
    }
}
