package dev.thimble.riscv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WitnessInputTest {
    @Test
    void decodesWhatItEncodes() {
        for (int length = 0; length < 9; length++) {
            byte[] input = new byte[length];
            Arrays.fill(input, (byte) 0x81);
            for (int[] hints : new int[][] {{}, {1, -1, Integer.MIN_VALUE}}) {
                var read = WitnessInputCodec.decode(WitnessInputCodec.encode(new WitnessInput(input, hints)))
                        .orElseThrow();
                assertThat(read.input()).isEqualTo(input);
                assertThat(read.hints()).isEqualTo(hints);
            }
        }
    }

    /** Of all byte strings that differ in one byte or in length, none is read as the same input. */
    @Test
    void oneByteStringPerInput() {
        byte[] bytes = WitnessInputCodec.encode(new WitnessInput(new byte[] {1, 2, 3, 4, 5}, 7, 8));
        for (int length = 0; length < bytes.length; length++) {
            assertThat(WitnessInputCodec.decode(Arrays.copyOf(bytes, length))).isEmpty();
        }
        assertThat(WitnessInputCodec.decode(Arrays.copyOf(bytes, bytes.length + 4)))
                .isEmpty();
        for (int i = 0; i < bytes.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] changed = bytes.clone();
                changed[i] ^= (byte) (1 << bit);
                WitnessInputCodec.decode(changed)
                        .ifPresent(read ->
                                assertThat(WitnessInputCodec.encode(read)).isEqualTo(changed));
            }
        }
    }
}
