package dev.thimble.precompilecircuits;

import dev.thimble.air.Air;
import dev.thimble.air.AirProgram;
import dev.thimble.air.Column;
import dev.thimble.air.Constraints;
import dev.thimble.air.Expr;
import dev.thimble.air.Stage;
import dev.thimble.air.Term;
import dev.thimble.air.Trace;
import dev.thimble.riscv.PrecompileCall;
import dev.thimble.riscv.Syscall;
import java.util.ArrayList;
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
public final class Uint256Circuit implements Air, PrecompileCircuit {
    public static final int ROWS_PER_CALL = 2;
    static final int LIMBS = 16;
    /** Limbs of q·m. */
    static final int EQUATIONS = 3 * LIMBS;
    /** Carries on one row; the second row has one to spare. */
    static final int CARRIES = EQUATIONS / 2;

    static final int CARRY_BITS = 14;
    static final int CARRY_OFFSET = 1 << (CARRY_BITS - 1);

    /** x, then r on the first row; y, then m on the second. */
    private static final int X = 16;

    private static final int Y = 0;
    private static final int M = 8;

    /**
     * All columns but those of the table.
     *
     * @param first shared: 1 on the first row of a call
     * @param second shared: 1 on its second row
     * @param limbs shared: two numbers
     * @param low the low bytes of their limbs
     * @param quotientLow low bytes of half of q
     * @param quotientHigh high bytes of half of q
     * @param carry carries of the limb equations, plus an offset
     * @param marker 1 at the highest limb in which r and m differ
     * @param gap m − r − 1 in that limb
     */
    record Layout(
            Column first,
            Column second,
            Calls.Call call,
            List<Column> limbs,
            List<Column> low,
            List<Column> quotientLow,
            List<Column> quotientHigh,
            List<Column> carry,
            List<Column> marker,
            Column gap,
            Column gapLow) {
        static Layout in(Constraints cs) {
            return new Layout(
                    cs.shared("first"),
                    cs.shared("second"),
                    Calls.Call.in(cs),
                    cs.columns(Stage.SHARED, "limb", 2 * LIMBS),
                    cs.columns(Stage.MAIN, "low", 2 * LIMBS),
                    cs.columns(Stage.MAIN, "quotient.low", LIMBS),
                    cs.columns(Stage.MAIN, "quotient.high", LIMBS),
                    cs.columns(Stage.MAIN, "carry", CARRIES),
                    cs.columns(Stage.MAIN, "marker", LIMBS),
                    cs.main("gap"),
                    cs.main("gap.low"));
        }

        /** The bytes of the limbs from position {@code from}, on this row or the next. */
        List<Term> bytes(int from, boolean nextRow) {
            List<Term> bytes = new ArrayList<>();
            for (int i = from; i < from + LIMBS; i++) {
                Term byteLow = nextRow ? low.get(i).next() : low.get(i);
                Term limb = nextRow ? limbs.get(i).next() : limbs.get(i);
                bytes.add(byteLow);
                bytes.add(limb.minus(byteLow).times(LimbTable.INVERSE_OF_2_8));
            }
            return bytes;
        }

        /** The bytes of q: the lower half on this row, the upper on the next. */
        List<Term> quotient() {
            List<Term> bytes = new ArrayList<>();
            for (int i = 0; i < 2 * LIMBS; i++) {
                Column byteLow = quotientLow.get(i % LIMBS);
                Column byteHigh = quotientHigh.get(i % LIMBS);
                bytes.add(i < LIMBS ? byteLow : byteLow.next());
                bytes.add(i < LIMBS ? byteHigh : byteHigh.next());
            }
            return bytes;
        }

        /** The carry out of limb k: 0 before the first and after the last. */
        Expr carry(Constraints cs, int k) {
            if (k < 0 || k >= EQUATIONS - 1) {
                return cs.constant(0);
            }
            Column column = carry.get(k % CARRIES);
            Term value = k < CARRIES ? column : column.next();
            return value.minus(CARRY_OFFSET);
        }
    }

    private final int logHeight;
    private final LimbTable table;
    private @Nullable Layout layout;
    private final AirProgram program;

    /** A circuit of 2^logHeight rows. */
    public Uint256Circuit(int logHeight) {
        this.logHeight = logHeight;
        this.table = new LimbTable(logHeight, CARRY_BITS);
        this.program = AirProgram.compile(this);
    }

    @Override
    public String name() {
        return "U256";
    }

    @Override
    public int logHeight() {
        return logHeight;
    }

    @Override
    public AirProgram program() {
        return program;
    }

    @Override
    public List<Integer> numbers() {
        return List.of(Syscall.UINT256_MUL);
    }

    @Override
    public int capacity() {
        return (1 << logHeight) / ROWS_PER_CALL;
    }

    Layout layout() {
        return Objects.requireNonNull(layout, "the circuit is not compiled");
    }

    LimbTable table() {
        return table;
    }

    @Override
    public void define(Constraints cs) {
        Layout c = Layout.in(cs);
        layout = c;
        table.define(cs);
        rows(cs, c);
        ranges(cs, c);
        product(cs, c);
        below(cs, c);
        messages(cs, c);
    }

    private static void rows(Constraints cs, Layout c) {
        cs.first("no call is open before the first row", c.second);
        cs.transition("the second row follows the first", c.second.next().minus(c.first));
        cs.last("no call begins on the last row", c.first);
        cs.zero("a row is one of the two", c.first.times(c.second));
        for (Column column : List.of(c.call.segment(), c.call.clock())) {
            cs.transition(
                    column.name() + " is one per call",
                    c.first.times(column.next().minus(column)));
        }
    }

    private static void ranges(Constraints cs, Layout c) {
        for (int i = 0; i < 2 * LIMBS; i++) {
            Column low = c.low.get(i);
            Expr high = c.limbs.get(i).minus(low).times(LimbTable.INVERSE_OF_2_8);
            LimbTable.bytes(cs, "bytes of " + c.limbs.get(i).name(), low, high);
        }
        for (int i = 0; i < LIMBS; i++) {
            LimbTable.bytes(cs, "bytes of quotient limb " + i, c.quotientLow.get(i), c.quotientHigh.get(i));
        }
        for (Column carry : c.carry) {
            LimbTable.range(cs, carry.name() + " is small", CARRY_BITS, carry);
        }
    }

    /**
     * x·y − q·m − r = 0 in base 2^16 with carries. Both products are below 2^28.995 in every limb, so their difference is
     * within ±2^29, as is 2^16 times a carry: the sum cannot be a multiple of p other than 0.
     */
    private static void product(Constraints cs, Layout c) {
        List<Term> x = c.bytes(0, false);
        List<Term> y = c.bytes(0, true);
        List<Term> m = c.bytes(LIMBS, true);
        List<Term> q = c.quotient();
        for (int k = 0; k < EQUATIONS; k++) {
            Expr sum = LimbProducts.limb(cs, x, y, k)
                    .minus(LimbProducts.limb(cs, q, m, k))
                    .plus(c.carry(cs, k - 1))
                    .minus(c.carry(cs, k).times(1 << 16));
            Expr remainder = k < LIMBS ? c.limbs.get(LIMBS + k).expr() : cs.constant(0);
            cs.zero("x·y = q·m + r, limb " + k, c.first.times(sum.minus(remainder)));
        }
    }

    /** The marked limb of r is below that of m, all higher ones are equal. */
    private static void below(Constraints cs, Layout c) {
        Expr gap = cs.constant(0);
        Expr markedFrom = cs.constant(0);
        for (int i = LIMBS - 1; i >= 0; i--) {
            Column marker = c.marker.get(i);
            Expr difference = c.limbs.get(LIMBS + i).next().minus(c.limbs.get(LIMBS + i));
            cs.bool(marker.name() + " is a flag", marker);
            markedFrom = markedFrom.plus(marker);
            if (i > 0) {
                cs.zero(
                        "r and m are equal above the marker, limb " + i,
                        c.first.minus(markedFrom).times(difference));
            }
            gap = gap.plus(marker.times(difference.minus(1)));
        }
        cs.equal("one limb is marked", markedFrom, c.first);
        cs.equal("r is below m in the marked limb", c.gap, gap);
        LimbTable.bytes(cs, "bytes of the gap", c.gapLow, c.gap.minus(c.gapLow).times(LimbTable.INVERSE_OF_2_8));
    }

    private static void messages(Constraints cs, Layout c) {
        Expr operation = cs.constant(Calls.operation(Syscall.UINT256_MUL));
        List<Column> upper = c.limbs.subList(LIMBS, 2 * LIMBS);
        for (int i = 0; i < LIMBS / 2; i++) {
            Calls.take(cs, "x", c.first, operation, c.call, cs.constant(X + i), c.limbs, upper, i);
            Calls.take(cs, "y", c.second, operation, c.call, cs.constant(Y + i), c.limbs, c.limbs, i);
            Calls.take(cs, "m", c.second, operation, c.call, cs.constant(M + i), upper, upper, i);
        }
    }

    // ---------------------------------------------------------------- witness

    @Override
    public int[][] preprocessed() {
        int[][] columns = new int[program.width(Stage.PREPROCESSED)][program.height()];
        table.fillPreprocessed(columns);
        return Calls.toMontgomery(columns);
    }

    @Override
    public int[][] shared(List<PrecompileCall> calls) {
        Calls.requireFit(this, calls);
        int[][] columns = Calls.sharedColumns(program);
        fillShared(columns, calls);
        return Calls.toMontgomery(columns);
    }

    @Override
    public Trace trace(List<PrecompileCall> calls, int[][] preprocessed) {
        Calls.requireFit(this, calls);
        Trace trace = new Trace(program, preprocessed);
        fillShared(trace.stage(Stage.SHARED), calls);
        Uint256Rows rows = new Uint256Rows(layout(), trace, table.counter());
        for (int i = 0; i < calls.size(); i++) {
            rows.call(2 * i, calls.get(i));
        }
        rows.finish();
        return trace.toMontgomery();
    }

    void fillShared(int[][] columns, List<PrecompileCall> calls) {
        Layout c = layout();
        for (int i = 0; i < calls.size(); i++) {
            PrecompileCall call = calls.get(i);
            columns[c.first.index()][2 * i] = 1;
            columns[c.second.index()][2 * i + 1] = 1;
            c.call.fill(columns, 2 * i, call);
            c.call.fill(columns, 2 * i + 1, call);
            fillLimbs(columns, 2 * i, 0, Calls.limbs(call.before(), X, 8));
            fillLimbs(columns, 2 * i, LIMBS, Calls.limbs(call.after(), X, 8));
            fillLimbs(columns, 2 * i + 1, 0, Calls.limbs(call.before(), Y, 8));
            fillLimbs(columns, 2 * i + 1, LIMBS, Calls.limbs(call.before(), M, 8));
        }
    }

    private void fillLimbs(int[][] columns, int row, int from, int[] limbs) {
        for (int i = 0; i < limbs.length; i++) {
            columns[layout().limbs.get(from + i).index()][row] = limbs[i];
        }
    }
}
