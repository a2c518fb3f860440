package dev.thimble.riscv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The bytes of a program, whose digest names it: one encoding, and everything else refused. */
class ProgramCodecTest {
    private static final long SEED = 20261127;

    private static Program program() {
        return new Program(
                MemoryMap.TEXT_BASE + 4,
                MemoryMap.TEXT_BASE,
                new int[] {0x13, 0x93, 0x73},
                MemoryMap.RAM_BASE,
                new int[] {7, -1});
    }

    private static byte[] changed(int word, int value) {
        return ByteBuffer.wrap(ProgramCodec.encode(program()))
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(4 * word, value)
                .array();
    }

    @Test
    void whatIsWrittenIsReadAndHasTheSameId() {
        byte[] bytes = ProgramCodec.encode(program());
        Program decoded = ProgramCodec.decode(bytes).orElseThrow();
        assertThat(ProgramCodec.encode(decoded)).isEqualTo(bytes);
        assertThat(ProgramCodec.id(decoded))
                .isEqualTo(ProgramCodec.id(program()))
                .matches("0x[0-9a-f]{64}");
    }

    @Test
    void otherLengthsAreRefused() {
        byte[] bytes = ProgramCodec.encode(program());
        for (int length = 0; length < bytes.length + 12; length++) {
            if (length != bytes.length) {
                assertThat(ProgramCodec.decode(Arrays.copyOf(bytes, length)))
                        .as("length %d", length)
                        .isEmpty();
            }
        }
    }

    @Test
    void otherWordsAreRefused() {
        int[][] changes = {
            {0, 1},
            {1, 2},
            {2, MemoryMap.TEXT_BASE - 4},
            {2, MemoryMap.TEXT_BASE + 12},
            {2, MemoryMap.TEXT_BASE + 2},
            {3, MemoryMap.TEXT_BASE + 2},
            {3, MemoryMap.TEXT_END},
            {3, -4},
            {4, 2},
            {4, -1},
            {4, Integer.MAX_VALUE},
            {5, MemoryMap.RAM_BASE - 4},
            {5, MemoryMap.RAM_BASE + 1},
            {6, 3},
            {6, -1},
            {6, Integer.MAX_VALUE}
        };
        for (int[] change : changes) {
            assertThat(ProgramCodec.decode(changed(change[0], change[1])))
                    .as("word %d = %d", change[0], change[1])
                    .isEmpty();
        }
    }

    @Test
    void whateverTheBytesTheyAreCanonicalOrRefused() {
        System.out.println("seed " + SEED);
        var random = new SplittableRandom(SEED);
        byte[] bytes = ProgramCodec.encode(program());
        String id = ProgramCodec.id(program());
        for (int i = 0; i < 5_000; i++) {
            byte[] mutant = bytes.clone();
            mutant[random.nextInt(mutant.length)] ^= (byte) (1 << random.nextInt(8));
            ProgramCodec.decode(mutant).ifPresent(program -> {
                assertThat(ProgramCodec.encode(program)).isEqualTo(mutant);
                assertThat(ProgramCodec.id(program)).isNotEqualTo(id);
            });
        }
    }
}
