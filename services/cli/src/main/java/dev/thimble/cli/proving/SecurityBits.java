package dev.thimble.cli.proving;

import dev.thimble.riscvcircuits.BasicKeys;
import dev.thimble.riscvcircuits.CircuitType;
import dev.thimble.starkverifier.VerifyingKey;
import java.util.stream.Stream;

/** The proven security of a batch: the least of all its circuits and the global bus. */
final class SecurityBits {
    private SecurityBits() {}

    static double of(BasicKeys keys) {
        var all = Stream.of(CircuitType.values()).map(keys::key).toList();
        double circuits =
                all.stream().mapToDouble(key -> key.soundness().sumBits()).min().orElseThrow();
        var programs = all.stream().map(VerifyingKey::program).toList();
        return Math.min(circuits, GlobalBusSoundness.of(programs).bits());
    }
}
