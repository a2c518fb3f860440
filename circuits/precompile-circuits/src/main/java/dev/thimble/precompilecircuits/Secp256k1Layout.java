package dev.thimble.precompilecircuits;

import dev.thimble.air.Column;
import dev.thimble.air.Constraints;
import dev.thimble.air.Expr;
import dev.thimble.air.Stage;
import dev.thimble.air.Term;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns of SECP256K1, all but those of the table. A call has four rows:
 *
 * <table>
 * <caption>What stands where</caption>
 * <tr><td>row</td><td>old</td><td>next</td><td>digits</td><td>ordinate</td><td>quotient, carries</td></tr>
 * <tr><td>0</td><td>y₂</td><td></td><td>λ</td><td></td><td></td></tr>
 * <tr><td>1</td><td>x₂</td><td></td><td>x₂, doubling y₁</td><td>y₂</td><td>of the slope</td></tr>
 * <tr><td>2</td><td>x₁</td><td>x₃</td><td>x₁</td><td>y₁</td><td>of x₃</td></tr>
 * <tr><td>3</td><td>y₁</td><td>y₃</td><td>x₃</td><td></td><td>of y₃</td></tr>
 * </table>
 *
 * @param row preprocessed: 1 on row i of four
 * @param taken shared: 1 iff the row's words are taken from the bus
 * @param twice shared: 1 iff the call is a doubling
 * @param base shared: index of the row's first word in the call
 * @param old shared: limbs of the row's eight words before the call
 * @param next shared: limbs of them after it
 * @param selected 1 iff the rows are a call and not padding
 * @param chord 1 on row 1 of an addition
 * @param tangent 1 on row 1 of a doubling
 * @param slope the digits of λ on rows 1 and 2, as the digit columns store them
 * @param quotient of the row's equation, modulo 2^256
 * @param top three bits of the quotient's top limb, −4 to 3
 * @param carry carries of the row's equation, plus an offset
 */
record Secp256k1Layout(
        List<Column> row,
        Column taken,
        Column twice,
        Column base,
        Calls.Call call,
        List<Column> old,
        List<Column> next,
        Column selected,
        Column chord,
        Column tangent,
        SignedDigits digits,
        List<Column> slope,
        List<Column> ordinate,
        List<Column> quotient,
        List<Column> top,
        List<Column> carry,
        CanonicalCheck oldCheck,
        CanonicalCheck nextCheck,
        Column distinct,
        Column nonZero) {
    static final int ROWS = 4;
    static final int LIMBS = SignedDigits.LIMBS;
    static final int EQUATIONS = 2 * LIMBS;
    static final int CARRY_BITS = 15;
    static final int CARRY_OFFSET = 1 << (CARRY_BITS - 1);
    static final int TOP_BITS = 3;
    /** 2^256 − p = 2^32 + 977. */
    static final int FOLD = 977;

    static Secp256k1Layout in(Constraints cs) {
        return new Secp256k1Layout(
                cs.columns(Stage.PREPROCESSED, "row", ROWS),
                cs.shared("taken"),
                cs.shared("twice"),
                cs.shared("base"),
                Calls.Call.in(cs),
                cs.columns(Stage.SHARED, "old", LIMBS),
                cs.columns(Stage.SHARED, "next", LIMBS),
                cs.main("selected"),
                cs.main("chord"),
                cs.main("tangent"),
                SignedDigits.in(cs),
                cs.columns(Stage.MAIN, "slope", SignedDigits.DIGITS),
                cs.columns(Stage.MAIN, "ordinate", LIMBS),
                cs.columns(Stage.MAIN, "quotient", LIMBS),
                cs.columns(Stage.MAIN, "top", TOP_BITS),
                cs.columns(Stage.MAIN, "carry", EQUATIONS - 1),
                CanonicalCheck.in(cs, "old"),
                CanonicalCheck.in(cs, "next"),
                cs.main("distinct"),
                cs.main("nonZero"));
    }

    private static Term at(Column column, boolean nextRow) {
        return nextRow ? column.next() : column;
    }

    /** The digits of λ. */
    List<Term> slopeDigits() {
        List<Term> result = new ArrayList<>();
        for (int i = 0; i < SignedDigits.DIGITS; i++) {
            boolean isTop = i == SignedDigits.DIGITS - 1;
            result.add(isTop ? slope.get(i) : slope.get(i).minus(SignedDigits.OFFSET));
        }
        return result;
    }

    private Expr topLimb(boolean nextRow) {
        return at(top.get(0), nextRow)
                .plus(at(top.get(1), nextRow).times(2))
                .minus(at(top.get(2), nextRow).times(4));
    }

    private Term quotientLimb(Constraints cs, int k, boolean nextRow) {
        if (k < 0 || k > LIMBS) {
            return cs.constant(0);
        }
        return k == LIMBS ? topLimb(nextRow) : at(quotient.get(k), nextRow);
    }

    /** The carry out of limb k. The last one is the top limb of the quotient: in limb 32 nothing else is left. */
    private Term carryOut(Constraints cs, int k, boolean nextRow) {
        if (k < 0) {
            return cs.constant(0);
        }
        return k == EQUATIONS - 1 ? topLimb(nextRow) : at(carry.get(k), nextRow).minus(CARRY_OFFSET);
    }

    /** What limb k of an equation has beside its operands: −q·p + carry in − 2^16·carry out. */
    Expr reduction(Constraints cs, int k, boolean nextRow) {
        Expr multiple = quotientLimb(cs, k - LIMBS, nextRow)
                .minus(quotientLimb(cs, k - 2, nextRow))
                .minus(quotientLimb(cs, k, nextRow).times(FOLD));
        return carryOut(cs, k - 1, nextRow)
                .minus(carryOut(cs, k, nextRow).times(1 << 16))
                .minus(multiple);
    }
}
