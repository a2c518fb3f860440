package dev.thimble.hash.vector;

import dev.thimble.hash.HashKernels;
import dev.thimble.hash.Poseidon2;
import dev.thimble.hash.Poseidon2Parameters;
import java.util.Arrays;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShape;

/** Bulk hashing with eight permutations at a time; what is left over goes to the scalar twin. */
public final class VectorHashKernels implements HashKernels {
    private static final int LANES = VectorPermutation.LANES;
    private static final int WIDTH = Poseidon2.WIDTH;
    private static final int RATE = Poseidon2.RATE;

    /** Per thread: eight states and one more vector for the sum of the internal rounds. */
    private static final ThreadLocal<int[]> STATES = ThreadLocal.withInitial(() -> new int[(WIDTH + 1) * LANES]);

    private final HashKernels scalar;
    private final VectorPermutation permutation;

    /** Throws UnsupportedOperationException where the hardware has no vectors of 256 bits. */
    public VectorHashKernels(Poseidon2Parameters parameters) {
        if (VectorShape.preferredShape().vectorBitSize() < IntVector.SPECIES_256.vectorBitSize()) {
            throw new UnsupportedOperationException("this processor has no vectors of 256 bits");
        }
        this.scalar = HashKernels.scalar(parameters);
        this.permutation = new VectorPermutation(parameters);
    }

    @Override
    public String name() {
        return "vector";
    }

    @Override
    public Poseidon2 permutation() {
        return scalar.permutation();
    }

    @Override
    public void leaves(int[][] columns, int fromRow, int toRow, int[] digests) {
        int[] states = STATES.get();
        int row = fromRow;
        for (; row <= toRow - LANES; row += LANES) {
            Arrays.fill(states, 0);
            for (int block = 0; block < columns.length; block += RATE) {
                absorb(columns, block, row, states);
                permutation.permute(states);
            }
            storeDigests(states, digests, row * RATE);
        }
        if (row < toRow) {
            scalar.leaves(columns, row, toRow, digests);
        }
    }

    private static void absorb(int[][] columns, int block, int row, int[] states) {
        int length = Math.min(RATE, columns.length - block);
        for (int j = 0; j < length; j++) {
            System.arraycopy(columns[block + j], row, states, j * LANES, LANES);
        }
    }

    private static void storeDigests(int[] states, int[] digests, int offset) {
        for (int i = 0; i < LANES; i++) {
            for (int j = 0; j < RATE; j++) {
                digests[offset + i * RATE + j] = states[j * LANES + i];
            }
        }
    }

    @Override
    public void compress(int[] children, int from, int to, int[] parents) {
        int[] states = STATES.get();
        int parent = from;
        for (; parent <= to - LANES; parent += LANES) {
            for (int i = 0; i < LANES; i++) {
                for (int j = 0; j < WIDTH; j++) {
                    states[j * LANES + i] = children[(parent + i) * WIDTH + j];
                }
            }
            permutation.permute(states);
            storeDigests(states, parents, parent * RATE);
        }
        if (parent < to) {
            scalar.compress(children, parent, to, parents);
        }
    }

    @Override
    public void permute(int[] states, int count) {
        int[] group = STATES.get();
        for (int i = 0; i < count; i += LANES) {
            int length = Math.min(LANES, count - i);
            for (int j = 0; j < WIDTH; j++) {
                System.arraycopy(states, j * count + i, group, j * LANES, length);
            }
            permutation.permute(group);
            for (int j = 0; j < WIDTH; j++) {
                System.arraycopy(group, j * LANES, states, j * count + i, length);
            }
        }
    }
}
