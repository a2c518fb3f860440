package dev.thimble.plonk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thimble.bn254.Fft;
import dev.thimble.bn254.Fr;
import dev.thimble.bn254.Parallel;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Negative test 11 of snark-wrap: what setup must get right for the copy constraints to mean anything. */
class PermutationTest {
    /** σ is a permutation of all cells, and each of its cycles is exactly the set of cells of one signal. */
    @Test
    void sigmaIsAPermutationWhoseCyclesAreTheSignals() {
        PlonkCircuit circuit = Sketch.random(11, 2, 90).circuit();
        int rows = 1 << circuit.power();
        Map<Fr, Integer> cellOf = new HashMap<>();
        Fr root = Fft.root(circuit.power());
        for (int column = 0; column < 3; column++) {
            for (int row = 0; row < rows; row++) {
                Fr identity = Fr.of(column + 1).mul(root.pow(BigInteger.valueOf(row)));
                assertThat(cellOf.put(identity, column * rows + row))
                        .as("cosets meet")
                        .isNull();
            }
        }
        int[] next = new int[3 * rows];
        try (Parallel parallel = new Parallel(1)) {
            for (int column = 0; column < 3; column++) {
                long[] values = new Permutation(circuit).values(column, parallel);
                for (int row = 0; row < rows; row++) {
                    next[column * rows + row] = Objects.requireNonNull(cellOf.get(Fr.load(values, 4 * row)));
                }
            }
        }
        Map<Integer, Integer> cycleOfSignal = new HashMap<>();
        Set<Integer> seen = new HashSet<>();
        for (int start = 0; start < next.length; start++) {
            if (seen.contains(start)) {
                continue;
            }
            int signal = signal(circuit, start, rows);
            assertThat(cycleOfSignal.put(signal, start))
                    .as("one cycle per signal")
                    .isNull();
            for (int cell = start; seen.add(cell); cell = next[cell]) {
                assertThat(signal(circuit, cell, rows)).isEqualTo(signal);
            }
        }
        assertThat(seen).hasSize(3 * rows);
    }

    private static int signal(PlonkCircuit circuit, int cell, int rows) {
        int row = cell % rows;
        return row < circuit.gates() ? circuit.signal(cell / rows, row) : 0;
    }

    /** The blinding rows: a string of exactly n points is too short. */
    @Test
    void aStringWithoutRoomForBlindingIsRefused(@org.junit.jupiter.api.io.TempDir java.nio.file.Path folder)
            throws Exception {
        try (Parallel parallel = new Parallel(1)) {
            DevelopmentCrs.make(3, "short", folder.resolve("crs"), parallel);
            Crs crs = Crs.open(folder.resolve("crs"));
            PlonkCircuit tooLarge = Sketch.random(3, 1, 20).circuit();
            assertThat(tooLarge.power()).isGreaterThan(3);
            assertThatThrownBy(() -> new PlonkSetup(tooLarge, crs, parallel, Progress.NONE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("points");
        }
    }
}
