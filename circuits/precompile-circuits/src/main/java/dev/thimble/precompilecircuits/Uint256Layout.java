package dev.thimble.precompilecircuits;

import dev.thimble.air.Column;
import dev.thimble.air.Constraints;
import dev.thimble.air.Expr;
import dev.thimble.air.Stage;
import dev.thimble.air.Term;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns of U256, all but those of the table.
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
record Uint256Layout(
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
    static final int LIMBS = 16;
    /** Limbs of q·m. */
    static final int EQUATIONS = 3 * LIMBS;
    /** Carries on one row; the second row has one to spare. */
    static final int CARRIES = EQUATIONS / 2;

    static final int CARRY_BITS = 14;
    static final int CARRY_OFFSET = 1 << (CARRY_BITS - 1);

    static Uint256Layout in(Constraints cs) {
        return new Uint256Layout(
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
