package dev.thimble.riscv;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Canonical bytes of a {@link Program}, little-endian 32-bit words: magic, version, entry pc, text base, text words, image
 * base, image words; the text; the image. Their SHA-256 is the program's id: it names what runs, whatever ELF file it came
 * from and whatever profile proves it.
 */
public final class ProgramCodec {
    private static final int MAGIC = 0x4752_5054;
    private static final int VERSION = 1;
    private static final int HEADER_WORDS = 7;

    private ProgramCodec() {}

    /** Returns the bytes of a program. */
    public static byte[] encode(Program program) {
        int words = HEADER_WORDS + program.textLength() + program.imageLength();
        ByteBuffer bytes = ByteBuffer.allocate(4 * words).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(MAGIC).putInt(VERSION).putInt(program.entryPc());
        bytes.putInt(program.textBase()).putInt(program.textLength());
        bytes.putInt(program.imageBase()).putInt(program.imageLength());
        bytes.asIntBuffer().put(program.text()).put(program.image());
        return bytes.array();
    }

    /** Reads a program; nothing if the bytes are not exactly one encoding of one. */
    public static Optional<Program> decode(byte[] bytes) {
        if (bytes.length < 4 * HEADER_WORDS || bytes.length % 4 != 0) {
            return Optional.empty();
        }
        int[] words = new int[bytes.length / 4];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(words);
        int textEnd = HEADER_WORDS + words[4];
        if (words[0] != MAGIC || words[1] != VERSION || words[4] < 0 || words[6] < 0) {
            return Optional.empty();
        }
        if (words.length != HEADER_WORDS + (long) words[4] + words[6]) {
            return Optional.empty();
        }
        int[] text = Arrays.copyOfRange(words, HEADER_WORDS, textEnd);
        int[] image = Arrays.copyOfRange(words, textEnd, words.length);
        try {
            return Optional.of(new Program(words[2], words[3], text, words[5], image));
        } catch (IllegalArgumentException outside) {
            return Optional.empty();
        }
    }

    /** The program's id: 0x and SHA-256 of its bytes in hexadecimal. */
    public static String id(Program program) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(encode(program));
            return "0x" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
