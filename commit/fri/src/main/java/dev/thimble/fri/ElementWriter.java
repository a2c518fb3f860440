package dev.thimble.fri;

import dev.thimble.field.Ext4;
import dev.thimble.field.KoalaBear;
import dev.thimble.hash.Digest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes field elements as canonical little-endian 32-bit words into an array of known size. */
public final class ElementWriter {
    private final ByteBuffer buffer;

    /** A writer of exactly {@code sizeBytes} bytes. */
    public ElementWriter(int sizeBytes) {
        buffer = ByteBuffer.allocate(sizeBytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Writes a field element (Montgomery form in memory). */
    public void element(int element) {
        buffer.putInt(KoalaBear.toCanonical(element));
    }

    public void elements(int[] elements) {
        for (int element : elements) {
            element(element);
        }
    }

    public void ext(Ext4 element) {
        for (int i = 0; i < Ext4.DEGREE; i++) {
            element(element.coefficient(i));
        }
    }

    public void digest(Digest digest) {
        for (int i = 0; i < Digest.LENGTH; i++) {
            element(digest.element(i));
        }
    }

    /** Writes an integer that is already in canonical form, such as a nonce or a header field. */
    public void integer(int value) {
        buffer.putInt(value);
    }

    /**
     * The bytes written.
     *
     * @throws IllegalStateException if fewer bytes were written than announced
     */
    public byte[] bytes() {
        if (buffer.hasRemaining()) {
            throw new IllegalStateException(buffer.remaining() + " bytes were announced and not written");
        }
        return buffer.array();
    }
}
