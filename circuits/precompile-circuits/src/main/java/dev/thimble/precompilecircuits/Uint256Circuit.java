package dev.thimble.precompilecircuits;

import dev.thimble.air.AirProgram;
import dev.thimble.air.Column;
import dev.thimble.air.Constraints;
import dev.thimble.air.Expr;
import dev.thimble.air.Stage;
import dev.thimble.air.Term;
import dev.thimble.air.Trace;
import dev.thimble.riscv.PrecompileCall;
import dev.thimble.riscv.Syscall;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * U256: two rows per call.
 *
 * <p>Given x, y, m of 256 bits, proves r = x·y mod m with 0 ≤ r &lt; m, hence m ≠ 0: there is q with x·y = q·m + r over the
 * integers. The first row has x and r, the second y and m; q, below 2^512, stands half in each. All equations stand on the
 * first row and read both.
 *
 * <p>Source: docs/book/u256.md.
 */
public final class Uint256Circuit extends PrecompileCircuit {
    public static final int ROWS_PER_CALL = 2;
    private static final int LIMBS = Uint256Layout.LIMBS;
    /** Index of the first word of x in a call. */
    private static final int X = 16;
    /** Index of the first word of y. */
    private static final int Y = 0;
    /** Index of the first word of m. */
    private static final int M = 8;

    private final LimbTable table;
    private @Nullable Uint256Layout layout;
    private final AirProgram program;

    /** A circuit of 2^logHeight rows. */
    public Uint256Circuit(int logHeight) {
        super("U256", logHeight, ROWS_PER_CALL, Syscall.UINT256_MUL);
        this.table = new LimbTable(logHeight, Uint256Layout.CARRY_BITS);
        this.program = AirProgram.compile(this);
    }

    @Override
    public AirProgram program() {
        return program;
    }

    Uint256Layout layout() {
        return Objects.requireNonNull(layout, "the circuit is not compiled");
    }

    LimbTable table() {
        return table;
    }

    @Override
    public void define(Constraints cs) {
        Uint256Layout c = Uint256Layout.in(cs);
        layout = c;
        table.define(cs);
        rows(cs, c);
        ranges(cs, c);
        product(cs, c);
        below(cs, c);
        messages(cs, c);
    }

    private static void rows(Constraints cs, Uint256Layout c) {
        cs.first("no call is open before the first row", c.second());
        cs.transition("the second row follows the first", c.second().next().minus(c.first()));
        cs.last("no call begins on the last row", c.first());
        cs.zero("a row is one of the two", c.first().times(c.second()));
        for (Column column : List.of(c.call().segment(), c.call().clock())) {
            cs.transition(
                    column.name() + " is one per call",
                    c.first().times(column.next().minus(column)));
        }
    }

    private static void ranges(Constraints cs, Uint256Layout c) {
        for (int i = 0; i < 2 * LIMBS; i++) {
            Column low = c.low().get(i);
            Expr high = c.limbs().get(i).minus(low).times(LimbTable.INVERSE_OF_2_8);
            LimbTable.bytes(cs, "bytes of " + c.limbs().get(i).name(), low, high);
        }
        for (int i = 0; i < LIMBS; i++) {
            LimbTable.bytes(
                    cs,
                    "bytes of quotient limb " + i,
                    c.quotientLow().get(i),
                    c.quotientHigh().get(i));
        }
        for (Column carry : c.carry()) {
            LimbTable.range(cs, carry.name() + " is small", Uint256Layout.CARRY_BITS, carry);
        }
    }

    /**
     * x·y − q·m − r = 0 in base 2^16 with carries. Both products are below 2^28.995 in every limb, so their difference is
     * within ±2^29, as is 2^16 times a carry: the sum cannot be a multiple of p other than 0.
     */
    private static void product(Constraints cs, Uint256Layout c) {
        List<Term> x = c.bytes(0, false);
        List<Term> y = c.bytes(0, true);
        List<Term> m = c.bytes(LIMBS, true);
        List<Term> q = c.quotient();
        for (int k = 0; k < Uint256Layout.EQUATIONS; k++) {
            Expr sum = LimbProducts.limb(cs, x, y, k)
                    .minus(LimbProducts.limb(cs, q, m, k))
                    .plus(c.carry(cs, k - 1))
                    .minus(c.carry(cs, k).times(1 << 16));
            Expr remainder = k < LIMBS ? c.limbs().get(LIMBS + k).expr() : cs.constant(0);
            cs.zero("x·y = q·m + r, limb " + k, c.first().times(sum.minus(remainder)));
        }
    }

    /** The marked limb of r is below that of m, all higher ones are equal. */
    private static void below(Constraints cs, Uint256Layout c) {
        Expr gap = cs.constant(0);
        Expr markedFrom = cs.constant(0);
        for (int i = LIMBS - 1; i >= 0; i--) {
            Column marker = c.marker().get(i);
            Expr difference = c.limbs().get(LIMBS + i).next().minus(c.limbs().get(LIMBS + i));
            cs.bool(marker.name() + " is a flag", marker);
            markedFrom = markedFrom.plus(marker);
            if (i > 0) {
                cs.zero(
                        "r and m are equal above the marker, limb " + i,
                        c.first().minus(markedFrom).times(difference));
            }
            gap = gap.plus(marker.times(difference.minus(1)));
        }
        cs.equal("one limb is marked", markedFrom, c.first());
        cs.equal("r is below m in the marked limb", c.gap(), gap);
        LimbTable.bytes(
                cs, "bytes of the gap", c.gapLow(), c.gap().minus(c.gapLow()).times(LimbTable.INVERSE_OF_2_8));
    }

    private static void messages(Constraints cs, Uint256Layout c) {
        Expr operation = cs.constant(Calls.operation(Syscall.UINT256_MUL));
        List<Column> upper = c.limbs().subList(LIMBS, 2 * LIMBS);
        for (int i = 0; i < LIMBS / 2; i++) {
            Calls.take(cs, "x", c.first(), operation, c.call(), cs.constant(X + i), c.limbs(), upper, i);
            Calls.take(cs, "y", c.second(), operation, c.call(), cs.constant(Y + i), c.limbs(), c.limbs(), i);
            Calls.take(cs, "m", c.second(), operation, c.call(), cs.constant(M + i), upper, upper, i);
        }
    }

    // ---------------------------------------------------------------- witness

    @Override
    void fillPreprocessed(int[][] columns) {
        table.fillPreprocessed(columns);
    }

    @Override
    void fill(Trace trace, List<PrecompileCall> calls) {
        fillShared(trace.stage(Stage.SHARED), calls);
        Uint256Rows rows = new Uint256Rows(layout(), trace, table.counter());
        for (int i = 0; i < calls.size(); i++) {
            rows.call(2 * i, calls.get(i));
        }
        rows.finish();
    }

    @Override
    void fillShared(int[][] columns, List<PrecompileCall> calls) {
        Uint256Layout c = layout();
        for (int i = 0; i < calls.size(); i++) {
            PrecompileCall call = calls.get(i);
            columns[c.first().index()][2 * i] = 1;
            columns[c.second().index()][2 * i + 1] = 1;
            c.call().fill(columns, 2 * i, call);
            c.call().fill(columns, 2 * i + 1, call);
            fillLimbs(columns, 2 * i, 0, Calls.limbs(call.before(), X, 8));
            fillLimbs(columns, 2 * i, LIMBS, Calls.limbs(call.after(), X, 8));
            fillLimbs(columns, 2 * i + 1, 0, Calls.limbs(call.before(), Y, 8));
            fillLimbs(columns, 2 * i + 1, LIMBS, Calls.limbs(call.before(), M, 8));
        }
    }

    private void fillLimbs(int[][] columns, int row, int from, int[] limbs) {
        for (int i = 0; i < limbs.length; i++) {
            columns[layout().limbs().get(from + i).index()][row] = limbs[i];
        }
    }
}
