package dev.thimble.precompilecircuits;

import dev.thimble.air.Column;
import dev.thimble.air.Constraints;
import dev.thimble.air.Expr;
import dev.thimble.field.KoalaBear;
import java.util.List;

/**
 * Proves on every row that 16 limbs of 16 bits are a number below p = 2^256 − 2^32 − 977, whose limbs are FC2F, FFFF, FFFE
 * and FFFF thirteen times. One of four cases is shown: a limb from the fourth on is not FFFF; the third is below FFFE; the
 * third is FFFE and the second not FFFF; the third is FFFE and the first below FC2F.
 *
 * <p>Only the fourth case needs to be a flag: with high ≠ 0 the first holds; otherwise the three others sum to 1, and
 * whatever they are, one of their cases holds.
 *
 * @param high 1 in the first case
 * @param third 1 in the second case
 * @param second 1 in the third case; the fourth is the rest
 * @param inverse the inverse of what is not zero in the first and third case
 * @param checked what has 16 bits in the second and fourth case
 */
record CanonicalCheck(Column high, Column third, Column second, Column inverse, Column checked) {
    private static final int TOP = 0xFFFF;
    private static final int THIRD = 0xFFFE;
    private static final int FIRST = 0xFC2F;
    static final int BITS = 16;

    static CanonicalCheck in(Constraints cs, String name) {
        return new CanonicalCheck(
                cs.main(name + ".high"),
                cs.main(name + ".third"),
                cs.main(name + ".second"),
                cs.main(name + ".inverse"),
                cs.main(name + ".checked"));
    }

    void define(Constraints cs, String name, List<Column> limbs) {
        Expr first = high.plus(third).plus(second).not();
        cs.bool(name + " is in one of four cases", first);
        Expr missing = cs.constant(0);
        for (Column limb : limbs.subList(3, limbs.size())) {
            missing = missing.plus(limb.negated().plus(TOP));
        }
        cs.zero(
                name + ", a high limb is not FFFF",
                high.times(missing.times(inverse).minus(1)));
        cs.zero(
                name + ", the third limb is FFFE",
                second.plus(first).times(limbs.get(2).minus(THIRD)));
        cs.zero(
                name + ", the second limb is not FFFF",
                second.times(limbs.get(1).minus(TOP).times(inverse).minus(1)));
        cs.equal(
                name + ", the third limb is below FFFE or the first below FC2F",
                checked,
                third.times(limbs.get(2).plus(TOP + 1 - THIRD))
                        .plus(first.times(limbs.get(0).plus(TOP + 1 - FIRST))));
        LimbTable.range(cs, name + ", checked", BITS, checked);
    }

    /** Writes a row; limbs that are not below p get the fourth case and fail. */
    void fill(int[][] main, int row, int[] limbs, LimbTable.Counter counter) {
        int missing = 0;
        for (int i = 3; i < limbs.length; i++) {
            missing += TOP - limbs[i];
        }
        int looked = 0;
        if (missing != 0) {
            main[high.index()][row] = 1;
            main[inverse.index()][row] = inverseOf(missing);
        } else if (limbs[2] < THIRD) {
            main[third.index()][row] = 1;
            looked = limbs[2] + TOP + 1 - THIRD;
        } else if (limbs[1] != TOP) {
            main[second.index()][row] = 1;
            main[inverse.index()][row] = inverseOf(limbs[1] - TOP);
        } else {
            looked = limbs[0] + TOP + 1 - FIRST;
        }
        main[checked.index()][row] = looked;
        counter.range(BITS, looked);
    }

    static int inverseOf(long value) {
        int canonical = (int) Math.floorMod(value, (long) KoalaBear.P);
        return canonical == 0 ? 0 : KoalaBear.toCanonical(KoalaBear.inverse(KoalaBear.fromCanonical(canonical)));
    }
}
