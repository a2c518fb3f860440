package dev.thimble.riscvcircuits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class BatchLimitsTest {
    private static String complaint(Map<CircuitType, Long> instances) {
        return BatchLimits.complaint(BasicCircuits.programs(Profile.TEST), instances)
                .orElse("");
    }

    @Test
    void aTypeHasAtMostAsManyInstancesAsTimestamps() {
        assertThat(complaint(Map.of(CircuitType.U256, BatchLimits.MAXIMUM_INSTANCES + 1L)))
                .isEqualTo("65537 instances of U256; a batch has 0 to 65536");
        assertThat(complaint(Map.of(CircuitType.U256, -1L))).startsWith("-1 instances of U256");
    }

    @Test
    void allMessagesOfABatchAreFewerThanTheBusHolds() {
        var memory = BatchLimits.messages(
                Objects.requireNonNull(BasicCircuits.programs(Profile.TEST).get(CircuitType.MEMORY)));
        long full = BatchLimits.MAXIMUM_MESSAGES / memory;
        assertThat(complaint(Map.of(CircuitType.MEMORY, full - 1))).isEmpty();
        assertThat(complaint(Map.of(CircuitType.MEMORY, full + 1))).contains("messages on the global bus");
    }
}
