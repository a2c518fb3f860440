package dev.thimble.jobqueue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class QueueBenchTest {
    @Test
    void measuresEverythingOnASmallQueue() throws Exception {
        try (QueueFixture fixture = new QueueFixture(QueueFixture.QUICK)) {
            QueueBench bench = new QueueBench(fixture.queue);
            bench.fill(500);
            assertThat(bench.closedLoop(2, 16, Duration.ofMillis(500))).isPositive();
            assertThat(bench.openLoop(100, 1, Duration.ofSeconds(1)).samples()).isEqualTo(100);
            assertThat(bench.wakeUp(2).maximum()).isPositive();
            assertThat(bench.deadWorkerSeconds()).isBetween(0.5, 60.0);
        }
    }

    /** The bars of the queue; run alone on an idle machine. */
    @Test
    @Tag("full")
    void meetsItsBars() throws Exception {
        try (QueueFixture fixture = new QueueFixture()) {
            QueueBench bench = new QueueBench(fixture.queue);
            bench.fill(300_000);
            double jobsPerSecond = bench.closedLoop(4, 64, Duration.ofSeconds(20));
            QueueBench.Latency pick = bench.openLoop(1_000, 2, Duration.ofSeconds(20));
            QueueBench.Latency wake = bench.wakeUp(20);
            double dead = bench.deadWorkerSeconds();
            String figures =
                    "jobs/s " + jobsPerSecond + ", pick " + pick + ", wake " + wake + ", dead after " + dead + " s";
            assertThat(jobsPerSecond).as(figures).isGreaterThanOrEqualTo(2_000);
            assertThat(pick.p99()).as(figures).isLessThanOrEqualTo(50);
            assertThat(pick.p50()).as(figures).isLessThanOrEqualTo(10);
            assertThat(wake.p50()).as(figures).isLessThanOrEqualTo(100);
            assertThat(dead).as(figures).isLessThanOrEqualTo(15);
        }
    }
}
