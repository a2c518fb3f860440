package dev.thimble.riscv;

import java.util.Arrays;
import java.util.Locale;

/**
 * A program ready to run: its text, its data image and its entry. Both parts are whole words in one contiguous range
 * each; RAM outside the image starts as zero. Immutable.
 */
public final class Program {
    private final int entryPc;
    private final int textBase;
    private final int[] text;
    private final int imageBase;
    private final int[] image;

    /**
     * Makes a program.
     *
     * @param entryPc byte address of the first instruction
     * @param textBase byte address of the first text word
     * @param text instruction words (and whatever else lies between them)
     * @param imageBase byte address of the first image word in RAM
     * @param image initial values of RAM words
     * @throws IllegalArgumentException if a part is misaligned or outside its region, or the entry is outside the text
     */
    public Program(int entryPc, int textBase, int[] text, int imageBase, int[] image) {
        this.entryPc = entryPc;
        this.textBase = textBase;
        this.text = text.clone();
        this.imageBase = imageBase;
        this.image = image.clone();
        requireRange("text", textBase, text.length, MemoryMap.TEXT_BASE, MemoryMap.TEXT_END);
        requireRange("image", imageBase, image.length, MemoryMap.RAM_BASE, MemoryMap.RAM_END);
        requireRange("entry", entryPc, 1, textBase, textBase + 4 * text.length);
    }

    private static void requireRange(String name, int base, int words, int from, int to) {
        if ((base & 3) != 0 || base < from || base + 4L * words > to) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%s of %d words at 0x%08x is misaligned or not in [0x%08x, 0x%08x)",
                    name,
                    words,
                    base,
                    from,
                    to));
        }
    }

    /** Returns the byte address of the first instruction. */
    public int entryPc() {
        return entryPc;
    }

    /** Returns the byte address of the first text word. */
    public int textBase() {
        return textBase;
    }

    /** Returns the number of text words. */
    public int textLength() {
        return text.length;
    }

    /** Returns the text word with this index: the one at textBase + 4 · index. */
    public int textWord(int index) {
        return text[index];
    }

    /** Returns a copy of the text. */
    public int[] text() {
        return text.clone();
    }

    /** Returns the byte address of the first image word. */
    public int imageBase() {
        return imageBase;
    }

    /** Returns the number of image words. */
    public int imageLength() {
        return image.length;
    }

    /** Returns a copy of the data image. */
    public int[] image() {
        return image.clone();
    }

    /** Returns all text words decoded. */
    Instruction[] decode() {
        Decoder decoder = new Decoder(WordWidth.RV32);
        return Arrays.stream(text).mapToObj(decoder::decode).toArray(Instruction[]::new);
    }
}
