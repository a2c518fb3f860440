package dev.thimble.jobqueue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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
}
