package dev.thimble.cli.proving;

import dev.thimble.chain.StfCost;
import dev.thimble.precompilecircuits.KeccakCircuit;
import dev.thimble.precompilecircuits.Secp256k1Circuit;
import dev.thimble.precompilecircuits.Uint256Circuit;
import dev.thimble.riscvcircuits.CircuitType;
import java.util.EnumMap;
import java.util.Map;

/** The rows that a run uses in each circuit, whatever the heights of the instances. */
public final class CircuitRows {
    private CircuitRows() {}

    /** Instructions and transfers in MAIN_VM, touched words in MEMORY, the calls in the circuits of the precompiles. */
    public static Map<CircuitType, Long> of(StfCost cost) {
        var rows = new EnumMap<CircuitType, Long>(CircuitType.class);
        rows.put(CircuitType.MAIN_VM, cost.rows());
        rows.put(CircuitType.MEMORY, cost.touchedWords());
        rows.put(CircuitType.KECCAK_F, cost.calls().keccak() * KeccakCircuit.ROWS_PER_CALL);
        rows.put(CircuitType.SECP256K1, cost.calls().secp256k1() * Secp256k1Circuit.ROWS_PER_CALL);
        rows.put(CircuitType.U256, cost.calls().u256() * Uint256Circuit.ROWS_PER_CALL);
        return rows;
    }
}
