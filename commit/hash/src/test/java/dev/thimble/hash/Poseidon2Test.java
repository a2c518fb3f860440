package dev.thimble.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thimble.field.KoalaBear;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The permutation and the sponge against vectors. */
class Poseidon2Test {
    static int[] elements(int... canonical) {
        return Arrays.stream(canonical).map(KoalaBear::fromCanonical).toArray();
    }

    private static void check(Poseidon2 permutation, int[] input, int[] output) {
        int[] state = elements(input);
        permutation.permute(state);
        assertThat(state).isEqualTo(elements(output));
    }

    @Test
    void thePublishedVector() {
        check(Poseidon2.V1, Vectors.PUBLISHED[0], Vectors.PUBLISHED[1]);
    }

    @Test
    void theDerivedVectors() {
        for (int[][] vector : Vectors.V1) {
            check(Poseidon2.V1, vector[0], vector[1]);
        }
        for (int[][] vector : Vectors.ROBUST) {
            check(Poseidon2.ROBUST, vector[0], vector[1]);
        }
    }

    @Test
    void leavesAreHashedAsPlonky3HashesThem() {
        for (int[][] vector : Vectors.LEAVES) {
            assertThat(Sponge.V1.leaf(elements(vector[0])).elements()).isEqualTo(elements(vector[1]));
        }
    }

    @Test
    void nodesAreTheTruncatedPermutation() {
        int[] input = Vectors.V1[0][0];
        Digest left = Digest.of(elements(Arrays.copyOf(input, 8)));
        Digest right = Digest.of(elements(Arrays.copyOfRange(input, 8, 16)));
        assertThat(Sponge.V1.compress(left, right).elements()).isEqualTo(elements(Arrays.copyOf(Vectors.V1[0][1], 8)));
    }

    @Test
    void listsOfOtherLengthOrDomainHaveOtherHashes() {
        Set<Digest> seen = new HashSet<>();
        int hashes = 0;
        for (Domain domain : Domain.values()) {
            for (int length = 0; length <= 20; length++) {
                seen.add(Sponge.V1.hash(domain, new int[length]));
                hashes++;
            }
        }
        assertThat(seen).hasSize(hashes);
    }

    @Test
    void aPartialBlockCannotBePaddedToACollision() {
        // Without the length in the capacity, a short list collides with the list that repeats the rest of the state.
        int[] first = elements(1, 2, 3, 4, 5, 6, 7, 8, 9);
        int[] state = new int[16];
        System.arraycopy(first, 0, state, 0, 8);
        Poseidon2.V1.permute(state);
        int[] extended = Arrays.copyOf(first, 16);
        System.arraycopy(state, 1, extended, 9, 7);
        assertThat(Sponge.V1.leaf(extended)).isEqualTo(Sponge.V1.leaf(first));
        assertThat(Sponge.V1.hash(Domain.LIST, extended)).isNotEqualTo(Sponge.V1.hash(Domain.LIST, first));
    }

    @Test
    void domainsHaveDistinctIdentifiers() {
        assertThat(Arrays.stream(Domain.values()).map(Domain::identifier))
                .doesNotHaveDuplicates()
                .doesNotContain(0);
    }

    @Test
    void aListOfDigestsIsTheirConcatenation() {
        Digest a = Digest.of(1, 2, 3, 4, 5, 6, 7, 8);
        Digest b = Digest.of(9, 10, 11, 12, 13, 14, 15, 16);
        int[] both = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
        assertThat(Sponge.V1.hash(Domain.LIST, List.of(a, b))).isEqualTo(Sponge.V1.hash(Domain.LIST, both));
    }

    @Test
    void digestsHaveOneEncoding() {
        Digest digest = Digest.of(elements(0, 1, KoalaBear.P - 1, 3, 4, 5, 6, 0x01020304));
        assertThat(Digest.fromBytes(digest.toBytes())).contains(digest);
        assertThat(Digest.fromHex(digest.toString())).contains(digest);
        assertThat(digest.toString()).startsWith("0x0000000001000000").endsWith("04030201");
        assertThat(Digest.fromBytes(new byte[31])).isEmpty();
        byte[] above = digest.toBytes();
        above[8] = 1;
        above[11] = 0x7F;
        assertThat(Digest.fromBytes(above)).isEmpty();
        for (String text : List.of("", "0x", "zz" + "0".repeat(64), "0x" + "g".repeat(64), "0x" + "0".repeat(63))) {
            assertThat(Digest.fromHex(text)).isEmpty();
        }
        assertThatThrownBy(() -> Digest.of(1, 2)).hasMessageContaining("elements.length 2");
        assertThatThrownBy(() -> Digest.of(-1, 0, 0, 0, 0, 0, 0, 0)).hasMessageContaining("4294967295");
    }
}
