package dev.thimble.hash;

import java.util.Arrays;

/** Bulk hashing in plain Java. */
final class ScalarHashKernels implements HashKernels {
    private static final int WIDTH = Poseidon2.WIDTH;
    private static final int RATE = Poseidon2.RATE;

    private final Poseidon2 permutation;

    ScalarHashKernels(Poseidon2 permutation) {
        this.permutation = permutation;
    }

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public Poseidon2 permutation() {
        return permutation;
    }

    @Override
    public void leaves(int[][] columns, int fromRow, int toRow, int[] digests) {
        int[] state = new int[WIDTH];
        for (int row = fromRow; row < toRow; row++) {
            Arrays.fill(state, 0);
            for (int block = 0; block < columns.length; block += RATE) {
                int length = Math.min(RATE, columns.length - block);
                for (int i = 0; i < length; i++) {
                    state[i] = columns[block + i][row];
                }
                permutation.permute(state);
            }
            System.arraycopy(state, 0, digests, row * RATE, RATE);
        }
    }

    @Override
    public void compress(int[] children, int from, int to, int[] parents) {
        int[] state = new int[WIDTH];
        for (int i = from; i < to; i++) {
            System.arraycopy(children, i * WIDTH, state, 0, WIDTH);
            permutation.permute(state);
            System.arraycopy(state, 0, parents, i * RATE, RATE);
        }
    }

    @Override
    public void permute(int[] states, int count) {
        int[] state = new int[WIDTH];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < WIDTH; j++) {
                state[j] = states[j * count + i];
            }
            permutation.permute(state);
            for (int j = 0; j < WIDTH; j++) {
                states[j * count + i] = state[j];
            }
        }
    }
}
