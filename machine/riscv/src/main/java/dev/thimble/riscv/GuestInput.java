package dev.thimble.riscv;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A program's input as it lies in memory from {@link MemoryMap#INPUT_BASE}: its length in bytes, then its bytes. */
public final class GuestInput {
    /** The largest input in bytes. */
    public static final int MAXIMUM_BYTES = MemoryMap.INPUT_END - MemoryMap.INPUT_BASE - 4;

    private final int[] words;

    private GuestInput(int[] words) {
        this.words = words;
    }

    /**
     * Makes an input: word 0 is the number of bytes, the others hold them little-endian, zero padded.
     *
     * @throws IllegalArgumentException if there are more than {@link #MAXIMUM_BYTES}
     */
    public static GuestInput of(byte[] bytes) {
        if (bytes.length > MAXIMUM_BYTES) {
            throw new IllegalArgumentException("input of " + bytes.length + " bytes is larger than " + MAXIMUM_BYTES);
        }
        int full = bytes.length / 4;
        int[] words = new int[1 + (bytes.length + 3) / 4];
        words[0] = bytes.length;
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(words, 1, full);
        for (int i = 4 * full; i < bytes.length; i++) {
            words[1 + full] |= (bytes[i] & 0xFF) << (8 * (i & 3));
        }
        return new GuestInput(words);
    }

    /** Returns the number of words, the length word included. */
    public int length() {
        return words.length;
    }

    /** Returns a copy of the words. */
    public int[] words() {
        return words.clone();
    }
}
