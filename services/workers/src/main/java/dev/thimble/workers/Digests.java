package dev.thimble.workers;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Digests and outputs as text. */
final class Digests {
    private Digests() {}

    /** SHA-256 in lower-case hexadecimal. */
    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Output words as 0x-hex: word after word, each little-endian. */
    static String output(List<Integer> words) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * words.size()).order(ByteOrder.LITTLE_ENDIAN);
        words.forEach(bytes::putInt);
        return "0x" + HexFormat.of().formatHex(bytes.array());
    }

    /** The inverse of {@link #output}. */
    static List<Integer> outputWords(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex, 2, hex.length());
        int[] words = new int[bytes.length / 4];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(words);
        return java.util.Arrays.stream(words).boxed().toList();
    }
}
