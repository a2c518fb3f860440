package dev.thimble.cli.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.chain.StfCost;
import dev.thimble.cli.command.Setting;
import dev.thimble.riscvcircuits.BasicCircuits;
import dev.thimble.riscvcircuits.BatchLimits;
import dev.thimble.riscvcircuits.CircuitType;
import dev.thimble.riscvcircuits.Profile;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BatchCapacityTest {
    private static StfCost rows(long rows) {
        return new StfCost(rows, rows, 1, 1_000, new StfCost.Calls(0, 0, 0));
    }

    private static StfCost calls(long keccak, long secp256k1, long u256) {
        return new StfCost(1_000, 1_000, 1, 1_000, new StfCost.Calls(keccak, secp256k1, u256));
    }

    /** As many segments as the global bus holds with one instance of MEMORY, which every batch has. */
    private static long segments(Profile profile) {
        var circuits = BasicCircuits.programs(profile);
        long memory = BatchLimits.messages(Objects.requireNonNull(circuits.get(CircuitType.MEMORY)));
        long segment = BatchLimits.messages(Objects.requireNonNull(circuits.get(CircuitType.MAIN_VM)));
        return (BatchLimits.MAXIMUM_MESSAGES - memory - 1) / segment;
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void isWhatTheGlobalBusHolds(Profile profile) {
        var capacity = BatchCapacity.of(profile);
        long most = segments(profile) * (profile.height() - 128L);
        assertThat(capacity.complaint(rows(most))).isEmpty();
        assertThat(capacity.complaint(rows(most + 1)).orElseThrow())
                .contains("messages on the global bus", profile.id(), "MAIN_VM=" + (segments(profile) + 1));
    }

    @Test
    void countsEveryCircuit() {
        var capacity = BatchCapacity.of(Profile.LAPTOP);
        long many = 1L << 32;
        assertThat(capacity.complaint(calls(many, 0, 0))).isPresent();
        assertThat(capacity.complaint(calls(0, many, 0))).isPresent();
        assertThat(capacity.complaint(calls(0, 0, many))).isPresent();
        assertThat(capacity.complaint(new StfCost(1, 1, 1, many, new StfCost.Calls(0, 0, 0))))
                .isPresent();
        assertThat(capacity.complaint(calls(1_000, 1_000, 1_000))).isEmpty();
    }

    /** The default limits leave room in every profile. */
    @ParameterizedTest
    @EnumSource(Profile.class)
    void theDefaultsFit(Profile profile) {
        long limit = Long.parseLong(Setting.BATCH_ROWS.byDefault());
        assertThat(BatchCapacity.of(profile).complaint(rows(limit))).isEmpty();
        assertThat(Setting.BATCH_CYCLES.byDefault()).isEqualTo(Setting.BATCH_ROWS.byDefault());
    }
}
