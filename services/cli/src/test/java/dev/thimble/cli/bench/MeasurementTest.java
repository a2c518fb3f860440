package dev.thimble.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.cli.InProcess;
import org.junit.jupiter.api.Test;

class MeasurementTest {
    private static final double HASHES = 1_000_000;

    private static Measurement of(String unit, Bar bar, double... samples) {
        return Measurement.of("name", unit, samples, HASHES, bar);
    }

    @Test
    void valueIsTheMedian() {
        var odd = of("s", Bar.atMost(1), 3, 1, 2);
        assertThat(odd.value()).isEqualTo(2);
        assertThat(odd.min()).isEqualTo(1);
        assertThat(odd.max()).isEqualTo(3);
        assertThat(of("s", Bar.atMost(1), 4, 1, 2, 3).value()).isEqualTo(2.5);
    }

    @Test
    void ratiosAreInPermutations() {
        assertThat(of("cells/s", Bar.atLeast(1), 5_000_000).ratioToHash()).isEqualTo(5);
        assertThat(of("s", Bar.atMost(1), 2).ratioToHash()).isEqualTo(2_000_000);
        assertThat(of("bytes", Bar.atMost(1), 2).ratioToHash()).isNull();
    }

    @Test
    void barsAreMetOrMissed() {
        assertThat(of("s", Bar.atMost(1), 1).missed()).isFalse();
        assertThat(of("s", Bar.atMost(1), 1.01).missed()).isTrue();
        assertThat(of("x/s", Bar.atLeast(10), 10).missed()).isFalse();
        assertThat(of("x/s", Bar.atLeast(10), 9).missed()).isTrue();
        assertThat(Measurement.of("name", "s", new double[] {9}, HASHES, null).missed())
                .isFalse();
    }

    @Test
    void unknownSuitesAreWrongUse() {
        var run = InProcess.run(java.util.Map.of(), "bench", "everything");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("unknown suite everything");
    }
}
