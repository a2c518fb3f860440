package dev.thimble.riscv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The bytes of a memory input: one encoding, and everything else refused. */
class MemoryCodecTest {
    private static final int HEADER = 7;
    private static final int RECORD = 5;
    private static final long SEED = 20261127;

    private static MemoryInput input(int instance, MemoryInput.Address previous) {
        var records = new MemorySummary.Builder();
        records.add(MemoryMap.SPACE_REGISTER, 5, 0, -7, 1);
        records.add(MemoryMap.SPACE_REGISTER, 6, 0, 8, 2);
        records.add(MemoryMap.SPACE_MEMORY, MemoryMap.RAM_BASE / 4, 3, 4, 2);
        records.add(MemoryMap.SPACE_MEMORY, MemoryMap.RAM_BASE / 4 + 9, 5, 6, 1);
        return new MemoryInput(instance, true, previous, records.build());
    }

    private static MemoryInput first() {
        return input(0, MemoryInput.Address.NONE);
    }

    private static byte[] changed(byte[] bytes, int word, int value) {
        return ByteBuffer.wrap(bytes.clone())
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(4 * word, value)
                .array();
    }

    private static void assertRefused(byte[] bytes, String what) {
        assertThatThrownBy(() -> MemoryCodec.decode(bytes)).as(what).isInstanceOf(MalformedSegmentException.class);
    }

    @Test
    void whatIsWrittenIsRead() throws MalformedSegmentException {
        for (MemoryInput input :
                new MemoryInput[] {first(), input(3, new MemoryInput.Address(MemoryMap.SPACE_REGISTER, 4))}) {
            byte[] bytes = MemoryCodec.encode(input);
            MemoryInput decoded = MemoryCodec.decode(bytes);
            assertThat(decoded.instance()).isEqualTo(input.instance());
            assertThat(decoded.previous()).isEqualTo(input.previous());
            assertThat(decoded.records().finalValue(0)).isEqualTo(-7);
            assertThat(MemoryCodec.encode(decoded)).isEqualTo(bytes);
        }
    }

    @Test
    void otherLengthsAreRefused() {
        byte[] bytes = MemoryCodec.encode(first());
        for (int length = 0; length < bytes.length + 24; length++) {
            if (length != bytes.length) {
                assertRefused(Arrays.copyOf(bytes, length), "length " + length);
            }
        }
    }

    @Test
    void otherWordsAreRefused() {
        byte[] bytes = MemoryCodec.encode(first());
        int memory = HEADER + 2 * RECORD;
        int[][] changes = {
            {0, 1},
            {1, 2},
            {2, -1},
            {2, 1},
            {2, 1 << 16},
            {3, 2},
            {4, 0},
            {5, 0},
            {6, -1},
            {6, 3},
            {6, Integer.MAX_VALUE},
            {HEADER, 2},
            {HEADER, -1},
            {HEADER + 1, 32},
            {HEADER + 1, -1},
            {HEADER + 1, 6},
            {HEADER + 1, 7},
            {HEADER + 4, -1},
            {memory, MemoryMap.SPACE_REGISTER},
            {memory + 1, 0},
            {memory + 1, MemoryMap.TEXT_BASE / 4},
            {memory + 1, 1 << 28},
            {memory + 1, MemoryMap.RAM_BASE / 4 + 9}
        };
        for (int[] change : changes) {
            assertRefused(changed(bytes, change[0], change[1]), "word " + change[0] + " = " + change[1]);
        }
    }

    @Test
    void whateverTheBytesTheyAreCanonicalOrRefused() {
        System.out.println("seed " + SEED);
        var random = new SplittableRandom(SEED);
        byte[] bytes = MemoryCodec.encode(first());
        for (int i = 0; i < 5_000; i++) {
            byte[] mutant = bytes.clone();
            for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
                mutant[random.nextInt(mutant.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                assertThat(MemoryCodec.encode(MemoryCodec.decode(mutant))).isEqualTo(mutant);
            } catch (MalformedSegmentException refused) {
                assertThat(refused).hasMessageStartingWith("memory input: ");
            }
        }
    }
}
