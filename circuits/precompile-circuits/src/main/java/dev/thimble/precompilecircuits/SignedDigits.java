package dev.thimble.precompilecircuits;

import dev.thimble.air.Column;
import dev.thimble.air.Constraints;
import dev.thimble.air.Expr;
import dev.thimble.air.Stage;
import dev.thimble.air.Term;
import java.util.ArrayList;
import java.util.List;

/**
 * A number below 2^256 as Σ dᵢ·2^(8i) with −128 ≤ dᵢ &lt; 128 for i &lt; 31 and 0 ≤ d₃₁ ≤ 256: every number has exactly one
 * such form. Signed digits halve the products, so that 2λy − 3x² fits into one equation without wrapping modulo p.
 *
 * @param low the digits of even index, plus 128
 * @param high the digits of odd index, plus 128; the topmost as it is
 * @param borrow 1 where a limb's digits are 2^16 less than it, carried into the next limb; for the topmost, 1 that is added to
 *     its high digit
 */
record SignedDigits(List<Column> low, List<Column> high, List<Column> borrow) {
    static final int LIMBS = 16;
    static final int DIGITS = 2 * LIMBS;
    static final int OFFSET = 128;
    private static final int LAST = LIMBS - 1;

    static SignedDigits in(Constraints cs) {
        return new SignedDigits(
                cs.columns(Stage.MAIN, "digit.low", LIMBS),
                cs.columns(Stage.MAIN, "digit.high", LIMBS),
                cs.columns(Stage.MAIN, "digit.borrow", LIMBS));
    }

    void define(Constraints cs) {
        for (int k = 0; k < LIMBS; k++) {
            LimbTable.bytes(cs, "digits of limb " + k, low.get(k), high.get(k));
            cs.bool(borrow.get(k).name() + " is a flag", borrow.get(k));
        }
    }

    private static Term at(Column column, boolean nextRow) {
        return nextRow ? column.next() : column;
    }

    /** The 32 digits on this row or the next. */
    List<Term> digits(boolean nextRow) {
        List<Term> digits = new ArrayList<>();
        for (int k = 0; k < LIMBS; k++) {
            digits.add(at(low.get(k), nextRow).minus(OFFSET));
            Term upper = at(high.get(k), nextRow);
            digits.add(k == LAST ? upper.plus(at(borrow.get(k), nextRow)) : upper.minus(OFFSET));
        }
        return digits;
    }

    /** Limb k of the number, on this row or the next. */
    Expr limb(int k, boolean nextRow) {
        List<Term> digits = digits(nextRow);
        Expr limb = digits.get(2 * k).plus(digits.get(2 * k + 1).times(256));
        if (k < LAST) {
            limb = limb.plus(at(borrow.get(k), nextRow).times(1 << 16));
        }
        return k == 0 ? limb : limb.minus(at(borrow.get(k - 1), nextRow));
    }

    /** Writes a row; returns the digits of the number with these 32 bytes. */
    int[] fill(int[][] main, int row, int[] bytes, LimbTable.Counter counter) {
        int[] digits = new int[DIGITS];
        int carry = 0;
        for (int k = 0; k < LIMBS; k++) {
            int lower = bytes[2 * k] + carry;
            carry = lower >= OFFSET ? 1 : 0;
            lower -= carry << 8;
            int upper = bytes[2 * k + 1] + carry;
            carry = upper >= (k == LAST ? 256 : OFFSET) ? 1 : 0;
            digits[2 * k] = lower;
            digits[2 * k + 1] = k == LAST ? upper : upper - (carry << 8);
            int storedUpper = k == LAST ? upper - carry : digits[2 * k + 1] + OFFSET;
            main[low.get(k).index()][row] = lower + OFFSET;
            main[high.get(k).index()][row] = storedUpper;
            main[borrow.get(k).index()][row] = carry;
            counter.bytes(lower + OFFSET, storedUpper);
        }
        return digits;
    }
}
