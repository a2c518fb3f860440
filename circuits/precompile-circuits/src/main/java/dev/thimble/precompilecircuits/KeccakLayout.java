package dev.thimble.precompilecircuits;

import dev.thimble.air.Column;
import dev.thimble.air.Constraints;
import dev.thimble.air.Expr;
import dev.thimble.air.Stage;
import dev.thimble.air.Term;
import dev.thimble.riscv.KeccakPermutation;
import java.util.List;

/**
 * The columns of KECCAK_F. Row r of 24 is round r; lane (x, y) is number x + 5·y, and its four limbs stand at 4·lane.
 *
 * @param first preprocessed: 1 on the first row of a permutation
 * @param within preprocessed: 1 on all its rows but the last
 * @param last preprocessed: 1 on its last row; these three are 0 on the rows behind the last whole permutation
 * @param constant preprocessed: the bits 0, 1, 3, 7, 15, 31, 63 of the round constant; all others are 0
 * @param selected shared: 1 on the last row of a call
 * @param old shared: the state before the permutation, on all its rows
 * @param next shared: the state after the round
 * @param state the state before the round
 * @param parity bit z of the parity of column x, at 64·x + z
 * @param half half of what the sum of a column exceeds its parity after θ
 * @param mixed bit z of a lane after θ, at 64·lane + z
 * @param zero the seven bits of lane 0 after χ to which the constant is added
 */
record KeccakLayout(
        Column first,
        Column within,
        Column last,
        List<Column> constant,
        Column selected,
        Calls.Call call,
        List<Column> old,
        List<Column> next,
        List<Column> state,
        List<Column> parity,
        List<Column> half,
        List<Column> mixed,
        List<Column> zero) {
    static final int LANES = KeccakPermutation.LANES;
    static final int ROUNDS = KeccakPermutation.ROUNDS;
    static final int LIMBS = 4 * LANES;
    static final int BITS = 64;
    /** The positions of the bits of round constants that are not always 0: 2^j − 1. */
    static final int[] CONSTANT_BITS = {0, 1, 3, 7, 15, 31, 63};

    static KeccakLayout in(Constraints cs) {
        return new KeccakLayout(
                cs.preprocessed("first"),
                cs.preprocessed("within"),
                cs.preprocessed("last"),
                cs.columns(Stage.PREPROCESSED, "constant", CONSTANT_BITS.length),
                cs.shared("selected"),
                Calls.Call.in(cs),
                cs.columns(Stage.SHARED, "old", LIMBS),
                cs.columns(Stage.SHARED, "next", LIMBS),
                cs.columns(Stage.MAIN, "state", LIMBS),
                cs.columns(Stage.MAIN, "parity", 5 * BITS),
                cs.columns(Stage.MAIN, "half", 5 * BITS),
                cs.columns(Stage.MAIN, "mixed", LANES * BITS),
                cs.columns(Stage.MAIN, "zero", CONSTANT_BITS.length));
    }

    /** Bit z of the parity of column x; both cyclic. */
    Column parity(int x, int z) {
        return parity.get(BITS * Math.floorMod(x, 5) + Math.floorMod(z, BITS));
    }

    /** Bit z of lane x + 5·y after θ, ρ and π; x cyclic. */
    Column moved(int x, int y, int z) {
        int target = Math.floorMod(x, 5) + 5 * y;
        int source = 0;
        while (KeccakPermutation.target(source) != target) {
            source++;
        }
        return mixed.get(BITS * source + Math.floorMod(z - KeccakPermutation.rotation(source), BITS));
    }

    /** a ⊕ b of two bits. */
    static Expr xor(Term a, Term b) {
        return a.plus(b).minus(a.times(b).times(2));
    }
}
