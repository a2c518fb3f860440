package dev.thimble.fri;

import dev.thimble.field.Ext4;
import dev.thimble.field.KoalaBear;
import dev.thimble.hash.Digest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads what {@link ElementWriter} wrote.
 *
 * <p><i>Assumes:</i> the caller has checked the exact length and, by {@link #allCanonical}, that every word is below p;
 * then no read fails.
 */
public final class ElementReader {
    private final ByteBuffer buffer;

    /** Reads {@code bytes} from {@code offset} on. */
    public ElementReader(byte[] bytes, int offset) {
        buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(offset);
    }

    /** Whether the bytes from {@code offset} on are whole words that are all canonical field elements. */
    public static boolean allCanonical(byte[] bytes, int offset) {
        if (offset < 0 || offset > bytes.length || (bytes.length - offset) % Integer.BYTES != 0) {
            return false;
        }
        var words = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(offset);
        while (words.hasRemaining()) {
            if (!KoalaBear.isCanonical(words.getInt())) {
                return false;
            }
        }
        return true;
    }

    public int element() {
        return KoalaBear.fromCanonical(buffer.getInt());
    }

    public int[] elements(int count) {
        int[] elements = new int[count];
        for (int i = 0; i < count; i++) {
            elements[i] = element();
        }
        return elements;
    }

    public Ext4 ext() {
        return Ext4.of(elements(Ext4.DEGREE), 0);
    }

    public Digest digest() {
        return Digest.of(elements(Digest.LENGTH));
    }

    public int integer() {
        return buffer.getInt();
    }
}
