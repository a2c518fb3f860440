package dev.thimble.precompilecircuits;

import dev.thimble.air.AirProgram;
import dev.thimble.air.Column;
import dev.thimble.air.Constraints;
import dev.thimble.air.Expr;
import dev.thimble.air.Stage;
import dev.thimble.air.Trace;
import dev.thimble.riscv.PrecompileCall;
import dev.thimble.riscv.Syscall;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * KECCAK_F: 24 rows per permutation, one per round.
 *
 * <p>Given the old and the new state of a call, proves that the new one is keccak-f[1600] of the old one. The bits that the
 * prover gives are those after θ and the column parities; everything else is computed from them. With D = θ's correction of a
 * column, C its parity before and C' = C ⊕ D after θ: the five bits after θ sum to C' plus 0, 2 or 4, and each ⊕ D is the bit
 * before θ.
 *
 * <p>Source: FIPS 202; docs/book/keccak-f.md.
 */
public final class KeccakCircuit extends PrecompileCircuit {
    /** The rounds of keccak-f. */
    public static final int ROWS_PER_CALL = KeccakLayout.ROUNDS;

    private static final int LIMB_BITS = 16;

    private @Nullable KeccakLayout layout;
    private final AirProgram program;

    /** A circuit of 2^logHeight rows, at least 32. */
    public KeccakCircuit(int logHeight) {
        if (logHeight < 5) {
            throw new IllegalArgumentException("logHeight must be at least 5, got " + logHeight);
        }
        super("KECCAK_F", logHeight, ROWS_PER_CALL, Syscall.KECCAK_PERMUTE);
        this.program = AirProgram.compile(this);
    }

    @Override
    public AirProgram program() {
        return program;
    }

    KeccakLayout layout() {
        return Objects.requireNonNull(layout, "the circuit is not compiled");
    }

    @Override
    public void define(Constraints cs) {
        KeccakLayout c = KeccakLayout.in(cs);
        layout = c;
        states(cs, c);
        theta(cs, c);
        chi(cs, c);
        cs.zero("a call ends on the last row", c.last().not().times(c.selected()));
        Expr operation = cs.constant(Calls.operation(Syscall.KECCAK_PERMUTE));
        for (int i = 0; i < KeccakLayout.LIMBS / 2; i++) {
            Calls.take(cs, "the state", c.selected(), operation, c.call(), cs.constant(i), c.old(), c.next(), i);
        }
    }

    private static void states(Constraints cs, KeccakLayout c) {
        for (int i = 0; i < KeccakLayout.LIMBS; i++) {
            Column state = c.state().get(i);
            Column old = c.old().get(i);
            Expr step = state.next().minus(c.next().get(i));
            cs.zero(
                    "the permutation starts at the old state, limb " + i,
                    c.first().times(state.minus(old)));
            cs.zero(
                    "the old state is carried, limb " + i,
                    c.within().times(old.next().minus(old)));
            cs.zero("the next round goes on, limb " + i, c.within().times(step));
        }
    }

    private static void theta(Constraints cs, KeccakLayout c) {
        for (int x = 0; x < 5; x++) {
            for (int z = 0; z < KeccakLayout.BITS; z++) {
                Column parity = c.parity(x, z);
                Column half = c.half().get(KeccakLayout.BITS * x + z);
                String where = ", column " + x + " bit " + z;
                cs.bool("parity is a bit" + where, parity);
                cs.zero("half is 0, 1 or 2" + where, half.times(half.minus(1)).times(half.minus(2)));
                Expr sum = half.times(-2);
                for (int y = 0; y < 5; y++) {
                    sum = sum.plus(c.mixed().get(KeccakLayout.BITS * (x + 5 * y) + z));
                }
                cs.equal("parity after theta" + where, sum, KeccakLayout.xor(parity, correction(c, x, z)));
            }
        }
        for (int lane = 0; lane < KeccakLayout.LANES; lane++) {
            for (int limb = 0; limb < 4; limb++) {
                stateBeforeTheta(cs, c, lane, limb);
            }
        }
        for (Column bit : c.mixed()) {
            cs.bool(bit.name() + " is a bit", bit);
        }
    }

    /** What θ adds to bit z of column x. */
    private static Expr correction(KeccakLayout c, int x, int z) {
        return KeccakLayout.xor(c.parity(x - 1, z), c.parity(x + 1, z - 1));
    }

    private static void stateBeforeTheta(Constraints cs, KeccakLayout c, int lane, int limb) {
        Expr value = cs.constant(0);
        for (int bit = LIMB_BITS - 1; bit >= 0; bit--) {
            int z = LIMB_BITS * limb + bit;
            Column mixed = c.mixed().get(KeccakLayout.BITS * lane + z);
            value = value.times(2).plus(KeccakLayout.xor(correction(c, lane % 5, z), mixed));
        }
        cs.equal("state before theta, lane " + lane + " limb " + limb, c.state().get(4 * lane + limb), value);
    }

    private static void chi(Constraints cs, KeccakLayout c) {
        for (int i = 0; i < KeccakLayout.CONSTANT_BITS.length; i++) {
            int z = KeccakLayout.CONSTANT_BITS[i];
            cs.equal("bit " + z + " of lane 0 after chi", c.zero().get(i), afterChi(c, 0, 0, z));
        }
        for (int lane = 0; lane < KeccakLayout.LANES; lane++) {
            for (int limb = 0; limb < 4; limb++) {
                Expr value = cs.constant(0);
                for (int bit = LIMB_BITS - 1; bit >= 0; bit--) {
                    value = value.times(2).plus(afterRound(c, lane, LIMB_BITS * limb + bit));
                }
                cs.equal(
                        "state after the round, lane " + lane + " limb " + limb,
                        c.next().get(4 * lane + limb),
                        value);
            }
        }
    }

    private static Expr afterRound(KeccakLayout c, int lane, int z) {
        int i = Arrays.binarySearch(KeccakLayout.CONSTANT_BITS, z);
        return lane == 0 && i >= 0
                ? KeccakLayout.xor(c.zero().get(i), c.constant().get(i))
                : afterChi(c, lane % 5, lane / 5, z);
    }

    /** b(x) ⊕ (1 − b(x+1))·b(x+2). */
    private static Expr afterChi(KeccakLayout c, int x, int y, int z) {
        Expr masked = c.moved(x + 1, y, z).not().times(c.moved(x + 2, y, z));
        return KeccakLayout.xor(masked, c.moved(x, y, z));
    }

    // ---------------------------------------------------------------- witness

    @Override
    void fillPreprocessed(int[][] columns) {
        KeccakRows.fillPreprocessed(layout(), columns, capacity());
    }

    @Override
    void fillShared(int[][] columns, List<PrecompileCall> calls) {
        rows(columns, new int[0][]).fill(calls, capacity());
    }

    @Override
    void fill(Trace trace, List<PrecompileCall> calls) {
        rows(trace.stage(Stage.SHARED), trace.stage(Stage.MAIN)).fill(calls, capacity());
    }

    private KeccakRows rows(int[][] shared, int[][] main) {
        return new KeccakRows(layout(), shared, main);
    }
}
