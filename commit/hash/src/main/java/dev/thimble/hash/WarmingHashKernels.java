package dev.thimble.hash;

import dev.thimble.field.WarmUp;

/** The scalar twin until the vector twin is compiled, the vector twin from then on. */
final class WarmingHashKernels implements HashKernels {
    private static final int ROWS = 64;

    private volatile HashKernels current;

    WarmingHashKernels(HashKernels scalar, HashKernels vector) {
        this.current = scalar;
        int[][] columns = new int[16][ROWS];
        int[] digests = new int[ROWS * Digest.LENGTH];
        int[] parents = new int[ROWS / 2 * Digest.LENGTH];
        int[] states = new int[Poseidon2.WIDTH * ROWS];
        WarmUp.start(
                "hash",
                () -> work(scalar, columns, digests, parents, states),
                () -> work(vector, columns, digests, parents, states),
                () -> current = vector);
    }

    private static void work(HashKernels kernels, int[][] columns, int[] digests, int[] parents, int[] states) {
        kernels.leaves(columns, 0, ROWS, digests);
        kernels.compress(digests, 0, ROWS / 2, parents);
        kernels.permute(states, ROWS);
    }

    @Override
    public String name() {
        return current.name();
    }

    @Override
    public Poseidon2 permutation() {
        return current.permutation();
    }

    @Override
    public void leaves(int[][] columns, int fromRow, int toRow, int[] digests) {
        current.leaves(columns, fromRow, toRow, digests);
    }

    @Override
    public void compress(int[] children, int from, int to, int[] parents) {
        current.compress(children, from, to, parents);
    }

    @Override
    public void permute(int[] states, int count) {
        current.permute(states, count);
    }
}
