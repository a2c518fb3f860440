package dev.thimble.riscv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.thimble.riscv.ElfException.Code;
import dev.thimble.testkit.Assembler;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The ELF loader: what it takes, and one clear line for what it refuses. */
class ElfImageTest {
    private static final int ENTRY = 24;
    private static final int FLAGS = 36;
    private static final int FIRST_HEADER = 52;
    private static final int SECOND_HEADER = FIRST_HEADER + 32;

    private static byte[] elf() {
        Assembler a = new Assembler();
        a.data("words", 1, 2, 3);
        a.nop();
        a.nop();
        return a.elf();
    }

    private static byte[] with(int offset, int value) {
        byte[] elf = elf();
        ByteBuffer.wrap(elf).order(ByteOrder.LITTLE_ENDIAN).putInt(offset, value);
        return elf;
    }

    private static byte[] withByte(int offset, int value) {
        byte[] elf = elf();
        elf[offset] = (byte) value;
        return elf;
    }

    private static void assertRefused(byte[] elf, Code code) {
        ElfException refused = catchThrowableOfType(ElfException.class, () -> ElfImage.load(elf));
        assertThat(refused).isNotNull();
        assertThat(refused.code()).as(refused.getMessage()).isEqualTo(code);
        assertThat(refused.getMessage()).doesNotContain("\n").hasSizeBetween(20, 200);
    }

    @Test
    void loadsTextAndImage() throws ElfException {
        Program program = ElfImage.load(elf());
        assertThat(program.entryPc()).isEqualTo(0x1_0000);
        assertThat(program.text()).containsExactly(0x13, 0x13);
        assertThat(program.imageBase()).isEqualTo(0x0100_0000);
        assertThat(program.image()).containsExactly(1, 2, 3);
    }

    @Test
    void loadsUnalignedSegmentsByByte() throws ElfException {
        byte[] elf = with(SECOND_HEADER + 8, 0x0100_0002);
        Program program = ElfImage.load(elf);
        assertThat(program.imageBase()).isEqualTo(0x0100_0000);
        assertThat(program.image()).containsExactly(0x1_0000, 0x2_0000, 0x3_0000, 0);
    }

    @Test
    void refusesWhatIsNoProgramOfThisMachine() {
        assertRefused(new byte[0], Code.NOT_ELF);
        assertRefused("#!/bin/sh".getBytes(java.nio.charset.StandardCharsets.US_ASCII), Code.NOT_ELF);
        assertRefused(Arrays.copyOf(elf(), 51), Code.NOT_ELF);
        assertRefused(withByte(4, 2), Code.WRONG_ISA);
        assertRefused(withByte(5, 2), Code.WRONG_ISA);
        assertRefused(withByte(18, 62), Code.WRONG_ISA);
        assertRefused(with(FLAGS, 1), Code.COMPRESSED);
        assertRefused(with(FLAGS, 5), Code.COMPRESSED);
        assertRefused(with(FLAGS, 4), Code.WRONG_ISA);
        assertRefused(with(FLAGS, 8), Code.WRONG_ISA);
        assertRefused(withByte(16, 1), Code.NOT_EXECUTABLE);
        assertRefused(withByte(16, 3), Code.NOT_EXECUTABLE);
        assertRefused(with(SECOND_HEADER, 2), Code.NOT_STATIC);
        assertRefused(with(SECOND_HEADER, 3), Code.NOT_STATIC);
    }

    @Test
    void refusesBadSegmentsAndEntries() {
        assertRefused(Arrays.copyOf(elf(), elf().length - 1), Code.BAD_SEGMENT);
        assertRefused(Arrays.copyOf(elf(), 80), Code.BAD_SEGMENT);
        assertRefused(with(28, -4), Code.BAD_SEGMENT);
        assertRefused(with(SECOND_HEADER + 4, -4), Code.BAD_SEGMENT);
        assertRefused(with(SECOND_HEADER + 8, 0x2000_0000), Code.BAD_SEGMENT);
        assertRefused(with(SECOND_HEADER + 8, 0x8000_0000), Code.BAD_SEGMENT);
        assertRefused(with(SECOND_HEADER + 8, 0x1_0000), Code.BAD_SEGMENT);
        assertRefused(with(FIRST_HEADER + 8, 0x0100_0000), Code.BAD_SEGMENT);
        assertRefused(with(SECOND_HEADER + 20, 4), Code.BAD_SEGMENT);
        assertRefused(with(SECOND_HEADER + 20, 0x2000_0000), Code.TOO_LARGE);
        assertRefused(with(SECOND_HEADER + 20, -1), Code.TOO_LARGE);
        assertRefused(with(ENTRY, 0x1_0002), Code.BAD_ENTRY);
        assertRefused(with(ENTRY, 0x1_0008), Code.BAD_ENTRY);
        assertRefused(with(ENTRY, 0x0100_0000), Code.BAD_ENTRY);
        assertRefused(with(FIRST_HEADER + 24, 4), Code.BAD_SEGMENT);
        assertRefused(with(FIRST_HEADER, 4), Code.BAD_ENTRY);
    }

    @Test
    void damagedFilesNeverThrowAnythingElse() {
        long seed = 11;
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] elf = Arrays.copyOf(elf(), random.nextInt(8) == 0 ? random.nextInt(9000) : elf().length);
            for (int flips = random.nextInt(4); flips >= 0 && elf.length > 0; flips--) {
                elf[random.nextInt(Math.min(elf.length, 130))] = (byte) random.nextInt();
            }
            try {
                assertThat(ElfImage.load(elf).textLength()).isPositive();
            } catch (ElfException refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
        }
    }
}
