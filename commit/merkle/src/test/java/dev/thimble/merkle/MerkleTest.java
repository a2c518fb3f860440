package dev.thimble.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thimble.field.KoalaBear;
import dev.thimble.field.Workers;
import dev.thimble.hash.Digest;
import dev.thimble.hash.HashKernels;
import dev.thimble.hash.Sponge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Trees against an independently computed root; openings against every kind of tampering. */
class MerkleTest {
    private static final int WIDTH = 11;

    static List<HashKernels> twins() {
        return Stream.concat(Stream.of(HashKernels.scalar()), HashKernels.vector().stream())
                .toList();
    }

    private static int[][] columns(int width, int logRows) {
        SplittableRandom random = new SplittableRandom(7);
        int[][] columns = new int[width][];
        Arrays.setAll(columns, i -> random.ints(1L << logRows, 0, KoalaBear.P).toArray());
        return columns;
    }

    @ParameterizedTest
    @MethodSource("twins")
    void theRootOfAKnownTree(HashKernels kernels) {
        int[][] columns = new int[WIDTH][8];
        for (int row = 0; row < 8; row++) {
            for (int i = 0; i < WIDTH; i++) {
                columns[i][row] = KoalaBear.fromCanonical(1000 * row + i);
            }
        }
        int[] root = {2031963680, 751327316, 966691987, 140156549, 1573855933, 320737312, 721255502, 1410981917};
        MerkleTree tree = MerkleTree.commit(columns, 3, 0, kernels, Workers.single());
        assertThat(tree.cap().digests())
                .containsExactly(Digest.of(
                        Arrays.stream(root).map(KoalaBear::fromCanonical).toArray()));
    }

    @ParameterizedTest
    @MethodSource("twins")
    void everyRowOpens(HashKernels kernels) {
        try (Workers workers = new Workers(2)) {
            for (int logRows : new int[] {0, 1, 2, 3, 4, 7}) {
                for (int logCap = 0; logCap <= logRows; logCap++) {
                    int[][] columns = columns(WIDTH, logRows);
                    MerkleTree tree = MerkleTree.commit(columns, logRows, logCap, kernels, workers);
                    MerkleCap cap = tree.cap();
                    assertThat(cap.logSize()).isEqualTo(logCap);
                    for (int row = 0; row < 1 << logRows; row++) {
                        MerkleOpening opening = tree.open(row);
                        assertThat(opening.value(3)).isEqualTo(columns[3][row]);
                        assertThat(verify(cap, logRows, row, opening.values(), opening.path()))
                                .isTrue();
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("twins")
    void twinsAndThreadsGiveOneCap(HashKernels kernels) {
        int[][] columns = columns(37, 12);
        MerkleCap expected = MerkleTree.commit(columns, 12, 5, HashKernels.scalar(), Workers.single())
                .cap();
        try (Workers workers = new Workers(3)) {
            assertThat(MerkleTree.commit(columns, 12, 5, kernels, workers).cap())
                    .isEqualTo(expected);
        }
    }

    private static boolean verify(MerkleCap cap, int logRows, int row, int[] values, MerklePath path) {
        return MerkleVerifier.verify(Sponge.V1, cap, logRows, WIDTH, row, values, path);
    }

    @Test
    void everyTamperedOpeningIsRejected() {
        MerkleTree tree = MerkleTree.commit(columns(WIDTH, 6), 6, 2, HashKernels.scalar(), Workers.single());
        MerkleCap cap = tree.cap();
        int row = 37;
        MerkleOpening opening = tree.open(row);
        int[] values = opening.values();
        MerklePath path = opening.path();
        for (int i = 0; i < WIDTH; i++) {
            int[] changed = values.clone();
            changed[i] = KoalaBear.add(changed[i], KoalaBear.ONE);
            assertThat(verify(cap, 6, row, changed, path)).isFalse();
            changed[i] = values[i] + KoalaBear.P;
            assertThat(verify(cap, 6, row, changed, path)).isFalse();
        }
        for (int other = -2; other < 70; other++) {
            assertThat(verify(cap, 6, other, values, path)).isEqualTo(other == row);
        }
        assertThat(verify(cap, 6, Integer.MAX_VALUE, values, path)).isFalse();
        assertThat(verify(cap, 6, row, Arrays.copyOf(values, WIDTH - 1), path)).isFalse();
        assertThat(verify(cap, 6, row, Arrays.copyOf(values, WIDTH + 1), path)).isFalse();
        for (int logRows : new int[] {-1, 0, 1, 5, 7, 30, 31, 32, 64}) {
            assertThat(verify(cap, logRows, row, values, path)).isFalse();
        }
    }

    @Test
    void everyTamperedPathIsRejected() {
        MerkleTree tree = MerkleTree.commit(columns(WIDTH, 6), 6, 2, HashKernels.scalar(), Workers.single());
        MerkleCap cap = tree.cap();
        int[] values = tree.open(9).values();
        List<Digest> siblings = tree.open(9).path().siblings();
        for (int i = 0; i < siblings.size(); i++) {
            for (int j = 0; j < Digest.LENGTH; j++) {
                int[] elements = siblings.get(i).elements();
                elements[j] = KoalaBear.add(elements[j], KoalaBear.ONE);
                List<Digest> changed = new ArrayList<>(siblings);
                changed.set(i, Digest.of(elements));
                assertThat(verify(cap, 6, 9, values, new MerklePath(changed))).isFalse();
            }
        }
        assertThat(verify(cap, 6, 9, values, new MerklePath(siblings.subList(1, 4))))
                .isFalse();
        assertThat(verify(cap, 6, 9, values, new MerklePath(siblings.reversed())))
                .isFalse();
        assertThat(verify(cap, 6, 9, values, new MerklePath(List.of()))).isFalse();
    }

    @Test
    void aNodeCannotBeShownAsALeaf() {
        // The two children of a node, taken as a row of 16 values: the shape of the tree keeps them out.
        MerkleTree tree = MerkleTree.commit(columns(16, 4), 4, 0, HashKernels.scalar(), Workers.single());
        MerkleOpening opening = tree.open(0);
        Digest leaf = Sponge.V1.leaf(opening.values());
        int[] children = new int[16];
        leaf.store(children, 0);
        opening.path().siblings().getFirst().store(children, 8);
        MerklePath upper = new MerklePath(opening.path().siblings().subList(1, 4));
        assertThat(MerkleVerifier.verify(Sponge.V1, tree.cap(), 4, 16, 0, children, upper))
                .isFalse();
        assertThat(MerkleVerifier.verify(Sponge.V1, tree.cap(), 3, 16, 0, children, upper))
                .isFalse();
    }

    @Test
    void badShapesAreNamed() {
        assertThatThrownBy(() -> MerkleTree.commit(columns(2, 3), 3, 4, HashKernels.scalar(), Workers.single()))
                .hasMessageContaining("logCap 4");
        assertThatThrownBy(() -> MerkleTree.commit(columns(2, 3), 4, 0, HashKernels.scalar(), Workers.single()))
                .hasMessageContaining("columns[0].length 8");
        assertThatThrownBy(() -> new MerkleCap(List.of())).hasMessageContaining("digests.size 0");
    }
}
