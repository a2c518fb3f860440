package dev.thimble.precompilecircuits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.air.Column;
import dev.thimble.air.RowChecker;
import dev.thimble.air.Trace;
import dev.thimble.riscv.KeccakPermutation;
import dev.thimble.riscv.PrecompileCall;
import dev.thimble.riscv.Syscall;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** For every constraint of KECCAK_F a trace that nothing else rejects: without the constraint it would pass. */
class KeccakForgeryTest {
    private static final int BITS = KeccakLayout.BITS;
    private static final int ROUNDS = KeccakLayout.ROUNDS;
    private static final KeccakCircuit SMALL = new KeccakCircuit(5);
    private static final KeccakLayout C = SMALL.layout();

    /** A manipulation of one row and the constraint that it breaks. */
    private record Attack(String broken, RowChange change) {}

    @FunctionalInterface
    private interface RowChange {
        void apply(Trace trace, int row);
    }

    private static Trace honest(KeccakCircuit circuit) {
        List<PrecompileCall> calls = new SampleCalls(5).keccak(5).calls().subList(0, circuit.capacity());
        return circuit.trace(calls, circuit.preprocessed());
    }

    /** Rows behind the last permutation are tied to no other row: what is wrong there is wrong in the row alone. */
    private static List<Attack> rowAttacks() {
        List<Attack> attacks = new ArrayList<>();
        for (int i = 0; i < 5 * BITS; i++) {
            columnAttacks(attacks, i / BITS, i % BITS);
        }
        for (int i = 0; i < KeccakLayout.LANES * BITS; i++) {
            int bit = i;
            attacks.add(new Attack(
                    "mixed" + i + " is a bit", (trace, row) -> forge(trace, row, f -> f.mixed[bit] = 2)));
        }
        for (int i = 0; i < KeccakLayout.LIMBS; i++) {
            int limb = i;
            String where = ", lane " + i / 4 + " limb " + i % 4;
            attacks.add(new Attack(
                    "state before theta" + where,
                    (trace, row) -> trace.set(C.state().get(limb), row, 1)));
            attacks.add(new Attack(
                    "state after the round" + where,
                    (trace, row) -> trace.set(C.next().get(limb), row, 1)));
        }
        for (int i = 0; i < KeccakLayout.CONSTANT_BITS.length; i++) {
            int bit = i;
            attacks.add(new Attack("bit " + KeccakLayout.CONSTANT_BITS[i] + " of lane 0 after chi", (trace, row) -> {
                trace.set(C.zero().get(bit), row, 1);
                new KeccakForger(C, trace, row).next();
            }));
        }
        attacks.add(new Attack("a call ends on the last row", (trace, row) -> trace.set(C.selected(), row, 1)));
        return attacks;
    }

    private static void columnAttacks(List<Attack> attacks, int x, int z) {
        String where = ", column " + x + " bit " + z;
        attacks.add(new Attack(
                "parity is a bit" + where,
                (trace, row) -> forge(trace, row, f -> {
                    f.parity[BITS * x + z] = 2;
                    // The parities after θ that become 2 are sums of two bits.
                    for (int[] column : new int[][] {{x, z}, {(x + 1) % 5, z}, {(x + 4) % 5, (z + 1) % BITS}}) {
                        f.mixed[BITS * column[0] + column[1]] = 1;
                        f.mixed[BITS * (column[0] + 5) + column[1]] = 1;
                    }
                })));
        attacks.add(new Attack(
                "half is 0, 1 or 2" + where, (trace, row) -> forge(trace, row, f -> f.mixed[BITS * x + z] = 1)));
        attacks.add(new Attack("parity after theta" + where, (trace, row) -> {
            forge(trace, row, f -> f.mixed[BITS * x + z] = 1);
            trace.set(C.half().get(BITS * x + z), row, 0);
        }));
    }

    private static void forge(Trace trace, int row, Consumer<KeccakForger> choice) {
        KeccakForger forger = new KeccakForger(C, trace, row);
        choice.accept(forger);
        forger.write();
    }

    @Test
    void everyConstraintOfARowHasATraceThatItAloneRejects() {
        Trace honest = honest(SMALL);
        List<Attack> attacks = rowAttacks();
        int rows = honest.height() - ROUNDS;
        for (int from = 0; from < attacks.size(); from += rows) {
            Trace trace = honest.copy();
            List<Attack> batch = attacks.subList(from, Math.min(attacks.size(), from + rows));
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).change.apply(trace, ROUNDS + i);
            }
            List<RowChecker.Failure> failures = RowChecker.check(SMALL.program(), trace);
            for (int i = 0; i < batch.size(); i++) {
                int row = ROUNDS + i;
                assertThat(failures)
                        .filteredOn(failure -> failure.row() == row)
                        .extracting(RowChecker.Failure::constraint)
                        .containsExactly(batch.get(i).broken);
            }
            assertThat(failures).hasSize(batch.size());
        }
    }

    @Test
    void everyLinkBetweenRowsHasATraceThatItAloneRejects() {
        KeccakCircuit circuit = new KeccakCircuit(7);
        Trace honest = honest(circuit);
        List<Attack> attacks = new ArrayList<>();
        for (int i = 0; i < KeccakLayout.LIMBS; i++) {
            int limb = i;
            attacks.add(new Attack("the permutation starts at the old state, limb " + i, (trace, row) -> {
                for (int r = 0; r < ROUNDS; r++) {
                    add(trace, circuit.layout().old().get(limb), row + r);
                }
            }));
            attacks.add(new Attack(
                    "the old state is carried, limb " + i,
                    (trace, row) -> add(trace, circuit.layout().old().get(limb), row + ROUNDS - 1)));
            attacks.add(new Attack(
                    "the next round goes on, limb " + i,
                    (trace, row) -> otherLastRound(circuit.layout(), trace, row + ROUNDS - 1, limb)));
        }
        for (int from = 0; from < attacks.size(); from += circuit.capacity()) {
            Trace trace = honest.copy();
            List<Attack> batch = attacks.subList(from, Math.min(attacks.size(), from + circuit.capacity()));
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).change.apply(trace, ROUNDS * i);
            }
            assertThat(RowChecker.check(circuit.program(), trace))
                    .extracting(RowChecker.Failure::constraint)
                    .containsExactlyElementsOf(
                            batch.stream().map(Attack::broken).toList());
        }
    }

    private static void add(Trace trace, Column column, int row) {
        trace.set(column, row, trace.get(column, row) + 1L);
    }

    /** The last round works on another state than the round before has left. */
    private static void otherLastRound(KeccakLayout c, Trace trace, int row, int limb) {
        long[] state = new long[KeccakLayout.LANES];
        for (int i = 0; i < KeccakLayout.LIMBS; i++) {
            state[i / 4] |= (long) trace.get(c.state().get(i), row) << (16 * (i % 4));
        }
        state[limb / 4] ^= 1L << (16 * (limb % 4));
        new KeccakForger(c, trace, row).state(state).write();
    }

    @Test
    void noConstraintIsLeftOut() {
        Set<String> broken = new TreeSet<>();
        rowAttacks().forEach(attack -> broken.add(attack.broken));
        for (int i = 0; i < KeccakLayout.LIMBS; i++) {
            broken.add("the permutation starts at the old state, limb " + i);
            broken.add("the old state is carried, limb " + i);
            broken.add("the next round goes on, limb " + i);
        }
        assertThat(broken).isEqualTo(Judgement.everything(SMALL.program()));
    }

    /** Before it was fixed, these rows were marked as last rows of a permutation, and one round of any state was proven. */
    @Test
    void rowsBehindTheLastPermutationProveNoCall() {
        Trace trace = honest(SMALL);
        long[] state = new long[KeccakLayout.LANES];
        state[3] = 42;
        new KeccakForger(C, trace, ROUNDS + 2).state(state).write();
        trace.set(C.selected(), ROUNDS + 2, 1);
        assertThat(Judgement.names(SMALL.program(), null, trace)).containsExactly("a call ends on the last row");
    }

    @Test
    void noCallIsTakenTwiceAtOnce() {
        Trace trace = honest(SMALL);
        trace.set(C.selected(), ROUNDS - 1, 2);
        assertThat(Judgement.onlySelectors(SMALL.program(), null, trace)).isTrue();
    }

    @Test
    void aWrongResultIsRejected() {
        PrecompileCall call = SampleCalls.call(Syscall.KECCAK_PERMUTE, 0, 7, new int[50]);
        call.after()[49] ^= 1 << 31;
        Trace trace = SMALL.trace(List.of(call), SMALL.preprocessed());
        assertThat(Judgement.names(SMALL.program(), null, trace))
                .containsExactly("state after the round, lane 24 limb 3");
    }

    /** A call whose clock, segment or words are not those that MAIN_VM gives does not balance; nor does one taken twice. */
    @Test
    void onlyTheCallsGivenAreTaken() {
        List<PrecompileCall> calls = new SampleCalls(6).keccak(3).calls();
        KeccakCircuit circuit = new KeccakCircuit(7);
        int[][] preprocessed = circuit.preprocessed();
        List<PrecompileCall> twice = new ArrayList<>(calls);
        twice.add(calls.getFirst());
        for (List<PrecompileCall> claimed : List.of(twice, calls.subList(1, 3), List.of(calls.get(0), calls.get(1)))) {
            Trace trace = circuit.trace(claimed, preprocessed);
            assertThat(Instances.failures(circuit.program(), trace, calls)).isNotEmpty();
        }
        for (Column column : List.of(
                circuit.layout().call().segment(), circuit.layout().call().clock())) {
            Trace trace = circuit.trace(calls, preprocessed);
            add(trace, column, ROUNDS - 1);
            assertThat(Judgement.of(circuit.program(), null, trace)).isEmpty();
            assertThat(Instances.failures(circuit.program(), trace, calls)).isNotEmpty();
        }
        assertThat(KeccakPermutation.ROUNDS).isEqualTo(KeccakCircuit.ROWS_PER_CALL);
    }
}
