package dev.thimble.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.thimble.field.KoalaBear;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every twin against the vectors and against the single permutation, at sizes that straddle the lanes. */
class HashKernelsTest {
    private static final int[] SIZES = {0, 1, 4, 6, 7, 8, 9, 13, 16, 207};

    static List<HashKernels> twins() {
        List<HashKernels> twins = new ArrayList<>();
        for (Poseidon2Parameters parameters : List.of(Poseidon2Parameters.V1, Poseidon2Parameters.ROBUST)) {
            twins.add(HashKernels.scalar(parameters));
            HashKernels.vector(parameters).ifPresent(twins::add);
            twins.add(HashKernels.best(parameters));
        }
        return twins;
    }

    @Test
    void theVectorTwinIsTestedHere() {
        assumeTrue(HashKernels.vector().isPresent(), "no jdk.incubator.vector in this JVM");
        assertThat(HashKernels.vector().orElseThrow().name()).isEqualTo("vector");
    }

    @ParameterizedTest
    @MethodSource("twins")
    void vectorsInEveryLane(HashKernels kernels) {
        boolean robust = kernels.permutation().parameters() == Poseidon2Parameters.ROBUST;
        for (int[][] vector : robust ? Vectors.ROBUST : Vectors.V1) {
            for (int count : SIZES) {
                int[] states = repeated(Poseidon2Test.elements(vector[0]), count);
                kernels.permute(states, count);
                assertThat(states).isEqualTo(repeated(Poseidon2Test.elements(vector[1]), count));
            }
        }
    }

    private static int[] repeated(int[] state, int count) {
        int[] states = new int[16 * count];
        for (int j = 0; j < 16; j++) {
            Arrays.fill(states, j * count, (j + 1) * count, state[j]);
        }
        return states;
    }

    @ParameterizedTest
    @MethodSource("twins")
    void lanesDoNotMix(HashKernels kernels) {
        SplittableRandom random = new SplittableRandom(11);
        for (int count : SIZES) {
            int[] states = random.ints(16L * count, 0, KoalaBear.P).toArray();
            int[] expected = states.clone();
            for (int i = 0; i < count; i++) {
                int[] state = new int[16];
                for (int j = 0; j < 16; j++) {
                    state[j] = states[j * count + i];
                }
                kernels.permutation().permute(state);
                for (int j = 0; j < 16; j++) {
                    expected[j * count + i] = state[j];
                }
            }
            kernels.permute(states, count);
            assertThat(states).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("twins")
    void leavesAreRowsOfTheMatrix(HashKernels kernels) {
        SplittableRandom random = new SplittableRandom(12);
        Sponge sponge = new Sponge(kernels.permutation());
        for (int width : new int[] {0, 1, 7, 8, 9, 23}) {
            for (int rows : SIZES) {
                int[][] columns = new int[width][];
                Arrays.setAll(
                        columns, i -> random.ints(rows + 3, 0, KoalaBear.P).toArray());
                int[] digests = new int[8 * (rows + 3)];
                kernels.leaves(columns, 2, 2 + rows, digests);
                for (int row = 0; row < rows + 3; row++) {
                    int at = row;
                    int[] leaf = sponge.leaf(Arrays.stream(columns)
                                    .mapToInt(column -> column[at])
                                    .toArray())
                            .elements();
                    int[] expected = row >= 2 && row < 2 + rows ? leaf : new int[8];
                    assertThat(Arrays.copyOfRange(digests, 8 * row, 8 * row + 8))
                            .isEqualTo(expected);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("twins")
    void parentsAreCompressedPairs(HashKernels kernels) {
        SplittableRandom random = new SplittableRandom(13);
        Sponge sponge = new Sponge(kernels.permutation());
        for (int count : SIZES) {
            int[] children = random.ints(16L * (count + 3), 0, KoalaBear.P).toArray();
            int[] parents = new int[8 * (count + 3)];
            kernels.compress(children, 1, 1 + count, parents);
            for (int i = 0; i < count + 3; i++) {
                Digest parent = sponge.compress(Digest.of(children, 16 * i), Digest.of(children, 16 * i + 8));
                int[] expected = i >= 1 && i < 1 + count ? parent.elements() : new int[8];
                assertThat(Arrays.copyOfRange(parents, 8 * i, 8 * i + 8)).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("twins")
    void extremeStates(HashKernels kernels) {
        SplittableRandom random = new SplittableRandom(14);
        int[] extremes = {0, 1, KoalaBear.P - 1, KoalaBear.P - 2, KoalaBear.ONE, 1 << 30, 0xFFFFFF, 0x7F000000};
        for (int i = 0; i < 200; i++) {
            int[] states = random.ints(16 * 8L, 0, extremes.length)
                    .map(j -> extremes[j])
                    .toArray();
            int[] expected = states.clone();
            HashKernels.scalar(kernels.permutation().parameters()).permute(expected, 8);
            kernels.permute(states, 8);
            assertThat(states).isEqualTo(expected);
        }
    }

    @Test
    @Tag("full")
    void theWarmVectorTwinAllocatesNothing() {
        assumeTrue(HashKernels.vector().isPresent(), "no jdk.incubator.vector in this JVM");
        HashKernels kernels = HashKernels.vector().orElseThrow();
        int[][] columns = new int[64][256];
        int[] digests = new int[256 * 8];
        int[] parents = new int[128 * 8];
        Runnable leaves = () -> kernels.leaves(columns, 0, 256, digests);
        Runnable nodes = () -> kernels.compress(digests, 0, 128, parents);
        for (Runnable work : List.of(leaves, nodes)) {
            assertThat(allocatedWhenWarm(work)).isZero();
        }
    }

    /** The fewest bytes allocated by one call, over calls until the compiler has finished. */
    private static long allocatedWhenWarm(Runnable work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long fewest = Long.MAX_VALUE;
        for (int i = 0; i < 5000 && fewest > 0; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            work.run();
            fewest = Math.min(fewest, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return fewest;
    }
}
