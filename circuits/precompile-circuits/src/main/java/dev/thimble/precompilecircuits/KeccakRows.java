package dev.thimble.precompilecircuits;

import dev.thimble.air.Column;
import dev.thimble.riscv.KeccakPermutation;
import dev.thimble.riscv.PrecompileCall;
import java.util.List;

/** Writes the columns of KECCAK_F; canonical values. Rows without a call hold permutations of zeros. */
final class KeccakRows {
    private static final int BITS = KeccakLayout.BITS;

    private final KeccakLayout c;
    private final int[][] shared;
    private final int[][] main;

    /** With no main columns, only the shared ones are written. */
    KeccakRows(KeccakLayout layout, int[][] shared, int[][] main) {
        this.c = layout;
        this.shared = shared;
        this.main = main;
    }

    static void fillPreprocessed(KeccakLayout c, int[][] columns, int permutations) {
        int rows = KeccakLayout.ROUNDS * permutations;
        for (int row = 0; row < columns[0].length; row++) {
            int round = row % KeccakLayout.ROUNDS;
            boolean isRest = row >= rows;
            columns[c.first().index()][row] = !isRest && round == 0 ? 1 : 0;
            boolean isLast = round == KeccakLayout.ROUNDS - 1;
            columns[c.within().index()][row] = !isRest && !isLast ? 1 : 0;
            columns[c.last().index()][row] = !isRest && isLast ? 1 : 0;
            for (int i = 0; i < KeccakLayout.CONSTANT_BITS.length && !isRest; i++) {
                long bit = KeccakPermutation.roundConstant(round) >>> KeccakLayout.CONSTANT_BITS[i] & 1;
                columns[c.constant().get(i).index()][row] = (int) bit;
            }
        }
    }

    void fill(List<PrecompileCall> calls, int permutations) {
        for (int i = 0; i < permutations; i++) {
            int row = KeccakLayout.ROUNDS * i;
            if (i < calls.size()) {
                permutation(row, calls.get(i).before());
                int end = row + KeccakLayout.ROUNDS - 1;
                shared[c.selected().index()][end] = 1;
                c.call().fill(shared, end, calls.get(i));
                limbs(shared, c.next(), end, lanes(calls.get(i).after()));
            } else {
                permutation(row, new int[2 * KeccakLayout.LANES]);
            }
        }
    }

    private static long[] lanes(int[] words) {
        long[] lanes = new long[KeccakLayout.LANES];
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = (words[2 * i] & 0xFFFF_FFFFL) | ((long) words[2 * i + 1] << 32);
        }
        return lanes;
    }

    private void permutation(int firstRow, int[] before) {
        long[] state = lanes(before);
        long[] old = state.clone();
        for (int round = 0; round < KeccakLayout.ROUNDS; round++) {
            int row = firstRow + round;
            limbs(shared, c.old(), row, old);
            if (main.length > 0) {
                limbs(main, c.state(), row, state);
                theta(row, state);
            }
            KeccakPermutation.round(state, round);
            limbs(shared, c.next(), row, state);
            if (main.length > 0) {
                long before0 = state[0] ^ KeccakPermutation.roundConstant(round);
                for (int i = 0; i < KeccakLayout.CONSTANT_BITS.length; i++) {
                    main[c.zero().get(i).index()][row] = (int) (before0 >>> KeccakLayout.CONSTANT_BITS[i] & 1);
                }
            }
        }
    }

    private static void limbs(int[][] columns, List<Column> limbs, int row, long[] lanes) {
        for (int i = 0; i < KeccakLayout.LIMBS; i++) {
            columns[limbs.get(i).index()][row] = (int) (lanes[i / 4] >>> (16 * (i % 4))) & 0xFFFF;
        }
    }

    private void theta(int row, long[] state) {
        long[] parity = new long[5];
        for (int x = 0; x < 5; x++) {
            parity[x] = state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20];
            bits(c.parity(), BITS * x, row, parity[x]);
        }
        int[][] sums = new int[5][BITS];
        for (int lane = 0; lane < KeccakLayout.LANES; lane++) {
            int x = lane % 5;
            long correction = parity[(x + 4) % 5] ^ Long.rotateLeft(parity[(x + 1) % 5], 1);
            long mixed = state[lane] ^ correction;
            bits(c.mixed(), BITS * lane, row, mixed);
            for (int z = 0; z < BITS; z++) {
                sums[x][z] += (int) (mixed >>> z & 1);
            }
        }
        for (int x = 0; x < 5; x++) {
            for (int z = 0; z < BITS; z++) {
                // The sum's parity is the column's after θ, so half of what is left is sum / 2 rounded down.
                main[c.half().get(BITS * x + z).index()][row] = sums[x][z] / 2;
            }
        }
    }

    private void bits(List<Column> columns, int from, int row, long value) {
        for (int z = 0; z < BITS; z++) {
            main[columns.get(from + z).index()][row] = (int) (value >>> z & 1);
        }
    }
}
