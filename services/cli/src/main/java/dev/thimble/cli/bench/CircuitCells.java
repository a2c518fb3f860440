package dev.thimble.cli.bench;

import dev.thimble.air.AirProgram;
import dev.thimble.riscvcircuits.BasicCircuits;
import dev.thimble.riscvcircuits.CircuitType;
import dev.thimble.riscvcircuits.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How wide the circuits are: committed columns, and for a precompile the committed cells that a call takes in a full
 * instance of profile laptop, unused rows included. What the call takes in MAIN_VM is in its rows.
 */
final class CircuitCells {
    private static final Profile PROFILE = Profile.LAPTOP;
    private static final Bar COLUMNS = Bar.atMost(400);

    private final List<Measurement> results = new ArrayList<>();

    private CircuitCells() {}

    static List<Measurement> measure() {
        var cells = new CircuitCells();
        cells.add("memory", CircuitType.MEMORY, COLUMNS);
        cells.addCall("keccak", CircuitType.KECCAK_F, Bar.atMost(80_000), null);
        cells.addCall("point", CircuitType.SECP256K1, Bar.atMost(2_500), COLUMNS);
        cells.addCall("uint256", CircuitType.U256, null, COLUMNS);
        return cells.results;
    }

    private void addCall(String name, CircuitType type, @Nullable Bar cells, @Nullable Bar columns) {
        var circuit = circuit(type);
        double perCall = (double) circuit.height() * circuit.committedColumns() / PROFILE.calls(type);
        results.add(Measurement.of(name + ".cells", "cells", new double[] {perCall}, 0, cells));
        add(name, type, columns);
    }

    private void add(String name, CircuitType type, @Nullable Bar columns) {
        double count = circuit(type).committedColumns();
        results.add(Measurement.of(name + ".columns", "columns", new double[] {count}, 0, columns));
    }

    private static AirProgram circuit(CircuitType type) {
        return Objects.requireNonNull(BasicCircuits.programs(PROFILE).get(type));
    }
}
