package dev.thimble.hash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.field.KoalaBear;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The round constants are the output of the Grain LFSR (Poseidon, ePrint 2019/458, appendix F), nothing else. */
class GrainTest {
    @Test
    void publishedRounds() {
        check(
                8,
                20,
                Poseidon2Constants.R8_20_INITIAL,
                Poseidon2Constants.R8_20_INTERNAL,
                Poseidon2Constants.R8_20_FINAL);
    }

    @Test
    void twoMoreExternalRounds() {
        check(
                10,
                20,
                Poseidon2Constants.R10_20_INITIAL,
                Poseidon2Constants.R10_20_INTERNAL,
                Poseidon2Constants.R10_20_FINAL);
    }

    private static void check(int external, int internal, int[] initial, int[] middle, int[] last) {
        Grain grain = new Grain(external, internal);
        int[] expectedInitial = grain.elements(16 * external / 2);
        int[] expectedMiddle = grain.elements(internal);
        int[] expectedLast = grain.elements(16 * external / 2);
        assertThat(initial).isEqualTo(expectedInitial);
        assertThat(middle).isEqualTo(expectedMiddle);
        assertThat(last).isEqualTo(expectedLast);
    }

    /** An 80-bit LFSR, seeded with the description of the instance, its output thinned by self-shrinking. */
    private static final class Grain {
        private final boolean[] bits = new boolean[80];
        private int filled;

        Grain(int external, int internal) {
            put(1, 2);
            put(0, 4);
            put(31, 12);
            put(16, 12);
            put(external, 10);
            put(internal, 10);
            put((1 << 30) - 1, 30);
            for (int i = 0; i < 160; i++) {
                step();
            }
        }

        private void put(int value, int length) {
            for (int i = length - 1; i >= 0; i--) {
                bits[filled++] = (value >> i & 1) == 1;
            }
        }

        private boolean step() {
            boolean bit = bits[62] ^ bits[51] ^ bits[38] ^ bits[23] ^ bits[13] ^ bits[0];
            System.arraycopy(bits, 1, bits, 0, 79);
            bits[79] = bit;
            return bit;
        }

        private boolean output() {
            while (!step()) {
                step();
            }
            return step();
        }

        int[] elements(int count) {
            int[] elements = new int[count];
            Arrays.setAll(elements, i -> element());
            return elements;
        }

        private int element() {
            while (true) {
                int value = 0;
                for (int i = 0; i < 31; i++) {
                    value = value << 1 | (output() ? 1 : 0);
                }
                if (KoalaBear.isCanonical(value)) {
                    return value;
                }
            }
        }
    }
}
