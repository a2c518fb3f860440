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
 * SECP256K1: four rows per call.
 *
 * <p>Given P = (x₁, y₁) and, unless the call is a doubling, Q = (x₂, y₂), all coordinates below p, proves that x₁ ≠ x₂ (that
 * y₁ ≠ 0) and that the result (x₃, y₃), below p too, is the third point of the chord (the tangent), reflected: for some λ
 *
 * <ul>
 *   <li>λ·(x₂ − x₁) = y₂ − y₁, doubling 2λ·y₁ = 3x₁²,
 *   <li>λ² = x₁ + x₂ + x₃ with x₂ = x₁ when doubling,
 *   <li>λ·(x₁ − x₃) = y₁ + y₃
 * </ul>
 *
 * modulo p. It does not prove that points lie on the curve, and infinity has no encoding. Source: docs/book/secp256k1.md.
 */
public final class Secp256k1Circuit extends PrecompileCircuit {
    public static final int ROWS_PER_CALL = Secp256k1Layout.ROWS;
    private static final int ROWS = ROWS_PER_CALL;
    private static final int LIMBS = Secp256k1Layout.LIMBS;
    private static final int WORDS_PER_ROW = 8;

    private final LimbTable table;
    private @Nullable Secp256k1Layout layout;
    private final AirProgram program;

    /** A circuit of 2^logHeight rows. */
    public Secp256k1Circuit(int logHeight) {
        super("SECP256K1", logHeight, ROWS_PER_CALL, Syscall.SECP256K1_ADD, Syscall.SECP256K1_DOUBLE);
        this.table = new LimbTable(logHeight, Secp256k1Layout.CARRY_BITS, CanonicalCheck.BITS);
        this.program = AirProgram.compile(this);
    }

    @Override
    public AirProgram program() {
        return program;
    }

    Secp256k1Layout layout() {
        return Objects.requireNonNull(layout, "the circuit is not compiled");
    }

    LimbTable table() {
        return table;
    }

    @Override
    public void define(Constraints cs) {
        Secp256k1Layout c = Secp256k1Layout.in(cs);
        layout = c;
        table.define(cs);
        rows(cs, c);
        messages(cs, c);
        operands(cs, c);
        Secp256k1Equations.define(cs, c);
        domain(cs, c);
    }

    /** Selected and, if it is 1, twice are flags because taken is one on rows 2 and 0. */
    private static void rows(Constraints cs, Secp256k1Layout c) {
        Term lastRow = c.row().get(ROWS - 1);
        for (Column column :
                List.of(c.selected(), c.twice(), c.call().segment(), c.call().clock())) {
            cs.zero(
                    column.name() + " is one per call",
                    lastRow.not().times(column.next().minus(column)));
        }
        cs.equal("chord", c.chord(), c.row().get(1).times(c.twice().not()));
        cs.equal("tangent", c.tangent(), c.row().get(1).times(c.twice()));
    }

    /** The words of Q are 0 to 15 of an addition and lacking in a doubling; those of P follow. */
    private static void messages(Constraints cs, Secp256k1Layout c) {
        List<Column> row = c.row();
        Expr reads = row.get(0).plus(row.get(1)).times(c.twice().not());
        cs.equal(
                "taken",
                c.taken(),
                c.selected().times(row.get(2).plus(row.get(3)).plus(reads)));
        Expr behind = c.twice().not().times(2 * WORDS_PER_ROW);
        cs.equal(
                "base",
                c.base(),
                row.get(0)
                        .times(WORDS_PER_ROW)
                        .plus(row.get(2).times(behind))
                        .plus(row.get(3).times(behind.plus(WORDS_PER_ROW))));
        Expr operation = c.twice()
                .times(Calls.operation(Syscall.SECP256K1_DOUBLE) - Calls.operation(Syscall.SECP256K1_ADD))
                .plus(Calls.operation(Syscall.SECP256K1_ADD));
        for (int i = 0; i < WORDS_PER_ROW; i++) {
            Calls.take(cs, "the row", c.taken(), operation, c.call(), c.base().plus(i), c.old(), c.next(), i);
        }
    }

    /** What the digits and the copied ordinates are on each row. */
    private static void operands(Constraints cs, Secp256k1Layout c) {
        List<Column> row = c.row();
        c.digits().define(cs);
        for (int k = 0; k < LIMBS; k++) {
            Column old = c.old().get(k);
            Column ordinate = c.ordinate().get(k);
            cs.zero("y2 is copied, limb " + k, row.get(0).times(ordinate.next().minus(old)));
            cs.zero("y1 is copied, limb " + k, row.get(2).times(ordinate.minus(old.next())));
            cs.zero(
                    "digits of x2 or y1, limb " + k,
                    row.get(1)
                            .times(c.digits().limb(k, false))
                            .minus(c.chord().times(old))
                            .minus(c.tangent().times(ordinate.next())));
            cs.zero(
                    "digits of x1, limb " + k,
                    row.get(2).times(c.digits().limb(k, false).minus(old)));
            cs.zero(
                    "digits of x3, limb " + k,
                    row.get(2).times(c.digits().limb(k, true).minus(c.next().get(k))));
        }
        List<Term> digits = c.digits().digits(false);
        List<Term> slope = c.slopeDigits();
        for (int i = 0; i < SignedDigits.DIGITS; i++) {
            Column column = c.slope().get(i);
            Expr following = slope.get(i).expr().plus(column.next()).minus(column);
            cs.zero("slope is decomposed, digit " + i, row.get(0).times(following.minus(digits.get(i))));
            cs.zero(
                    "slope is copied, digit " + i,
                    row.get(1).times(column.next().minus(column)));
        }
    }

    private static void domain(Constraints cs, Secp256k1Layout c) {
        c.oldCheck().define(cs, "old", c.old());
        c.nextCheck().define(cs, "next", c.next());
        List<Term> here = c.digits().digits(false);
        List<Term> below = c.digits().digits(true);
        Expr differences = cs.constant(0);
        Expr squares = cs.constant(0);
        for (int i = 0; i < SignedDigits.DIGITS; i++) {
            Expr difference = here.get(i).minus(below.get(i));
            differences = differences.plus(difference.times(difference));
            squares = squares.plus(here.get(i).times(here.get(i)));
        }
        // Both sums are natural numbers below p, so they are 0 modulo p only if every digit agrees.
        cs.equal("x1 and x2 differ", differences.times(c.distinct()), c.chord());
        cs.equal("y1 is not 0", squares.times(c.nonZero()), c.tangent());
    }

    // ---------------------------------------------------------------- witness

    @Override
    void fillPreprocessed(int[][] columns) {
        for (int row = 0; row < program.height(); row++) {
            columns[layout().row().get(row % ROWS).index()][row] = 1;
        }
        table.fillPreprocessed(columns);
    }

    @Override
    void fill(Trace trace, List<PrecompileCall> calls) {
        fillShared(trace.stage(Stage.SHARED), calls);
        Secp256k1Rows rows = new Secp256k1Rows(layout(), trace.stage(Stage.MAIN), table.counter());
        for (int i = 0; i < capacity(); i++) {
            boolean selected = i < calls.size();
            rows.call(ROWS * i, selected ? new Secp256k1Operands(calls.get(i)) : Secp256k1Operands.PADDING, selected);
        }
        rows.finish();
    }

    @Override
    void fillShared(int[][] columns, List<PrecompileCall> calls) {
        Secp256k1Layout c = layout();
        for (int i = 0; i < capacity(); i++) {
            boolean selected = i < calls.size();
            Secp256k1Operands operands = selected ? new Secp256k1Operands(calls.get(i)) : Secp256k1Operands.PADDING;
            int behind = operands.twice() ? 0 : 2 * WORDS_PER_ROW;
            int[] base = {WORDS_PER_ROW, 0, behind, behind + WORDS_PER_ROW};
            for (int r = 0; r < ROWS; r++) {
                int row = ROWS * i + r;
                columns[c.taken().index()][row] = selected && (r >= 2 || !operands.twice()) ? 1 : 0;
                columns[c.twice().index()][row] = operands.twice() ? 1 : 0;
                columns[c.base().index()][row] = base[r];
                if (selected) {
                    c.call().fill(columns, row, calls.get(i));
                }
                for (int k = 0; k < LIMBS; k++) {
                    columns[c.old().get(k).index()][row] = operands.old(r)[k];
                    columns[c.next().get(k).index()][row] = operands.next(r)[k];
                }
            }
        }
    }
}
