package dev.thimble.precompilecircuits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.air.Constraint;
import dev.thimble.air.Stage;
import dev.thimble.air.Trace;
import dev.thimble.riscv.PrecompileCall;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Honest calls satisfy every constraint and balance every bus; the circuits stay within their budgets of cells. */
class CompletenessTest {
    private static void assertComplete(PrecompileCircuit circuit, List<PrecompileCall> calls) {
        int[][] preprocessed = circuit.preprocessed();
        Trace trace = circuit.trace(calls, preprocessed);
        assertThat(Instances.failures(circuit.program(), trace, calls)).isEmpty();
        assertThat(circuit.shared(calls)).isDeepEqualTo(trace.stage(Stage.SHARED));
        assertThat(Instances.failures(circuit.program(), circuit.trace(List.of(), preprocessed), List.of()))
                .isEmpty();
    }

    @Test
    void products() {
        assertComplete(new Uint256Circuit(12), new SampleCalls(1).uint256(500).calls());
    }

    @Test
    void pointOperations() {
        assertComplete(
                new Secp256k1Circuit(12), new SampleCalls(2).secp256k1(300).calls());
    }

    @Test
    void permutations() {
        assertComplete(new KeccakCircuit(7), new SampleCalls(3).keccak(5).calls());
    }

    /** Committed cells per call, all rows of an instance counted. */
    private static double cells(PrecompileCircuit circuit) {
        double cells = (double) circuit.program().committedColumns()
                * circuit.program().height()
                / circuit.capacity();
        System.out.printf(
                "%s: %d columns, %d interactions, %.0f cells per call%n",
                circuit.program().name(),
                circuit.program().committedColumns(),
                circuit.program().interactions().size(),
                cells);
        assertThat(circuit.program().constraints())
                .extracting(Constraint::degree)
                .allMatch(degree -> degree <= 3);
        return cells;
    }

    @Test
    void budgetsAreKept() {
        assertThat(cells(new KeccakCircuit(15))).isLessThanOrEqualTo(80_000);
        for (PrecompileCircuit circuit : List.of(new Secp256k1Circuit(16), new Uint256Circuit(16))) {
            assertThat(cells(circuit)).isLessThanOrEqualTo(2_500);
            assertThat(circuit.program().committedColumns()).isLessThanOrEqualTo(400);
        }
        assertThat(new Secp256k1Circuit(14).program().committedColumns()).isLessThanOrEqualTo(400);
    }
}
