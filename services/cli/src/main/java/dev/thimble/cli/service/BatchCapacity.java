package dev.thimble.cli.service;

import dev.thimble.air.AirProgram;
import dev.thimble.chain.StfCost;
import dev.thimble.riscvcircuits.BasicCircuits;
import dev.thimble.riscvcircuits.BatchLimits;
import dev.thimble.riscvcircuits.CircuitType;
import dev.thimble.riscvcircuits.Profile;
import dev.thimble.server.ProofCapacity;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What the proofs of one batch hold in a profile: the messages of the global bus and the instances of a circuit. */
final class BatchCapacity implements ProofCapacity {
    /**
     * Rows that a segment may leave unused: it never ends inside a call, which has up to 51 rows, and all 32 registers
     * count as touched.
     */
    private static final int UNUSED_ROWS = 128;

    private final Profile profile;
    private final Map<CircuitType, AirProgram> circuits;

    private BatchCapacity(Profile profile, Map<CircuitType, AirProgram> circuits) {
        this.profile = profile;
        this.circuits = circuits;
    }

    static BatchCapacity of(Profile profile) {
        return new BatchCapacity(profile, BasicCircuits.programs(profile));
    }

    @Override
    public Optional<String> complaint(StfCost cost) {
        return BatchLimits.complaint(circuits, instances(cost))
                .map(reason -> "profile " + profile.id() + ": " + reason);
    }

    /** As many as it may be at most. */
    private Map<CircuitType, Long> instances(StfCost cost) {
        var instances = new EnumMap<CircuitType, Long>(CircuitType.class);
        instances.put(CircuitType.MAIN_VM, Math.ceilDiv(cost.rows(), profile.height() - UNUSED_ROWS));
        instances.put(CircuitType.MEMORY, Math.ceilDiv(cost.touchedWords(), profile.height() - 1));
        instances.put(
                CircuitType.KECCAK_F, calls(CircuitType.KECCAK_F, cost.calls().keccak()));
        instances.put(
                CircuitType.SECP256K1, calls(CircuitType.SECP256K1, cost.calls().secp256k1()));
        instances.put(CircuitType.U256, calls(CircuitType.U256, cost.calls().u256()));
        return instances;
    }

    private long calls(CircuitType type, long count) {
        return Math.ceilDiv(count, profile.calls(type));
    }
}
