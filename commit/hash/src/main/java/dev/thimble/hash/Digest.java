package dev.thimble.hash;

import dev.thimble.field.KoalaBear;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** A hash value: eight field elements. Its bytes are their canonical integers, four bytes each, little-endian. */
public final class Digest {
    /** The number of elements. */
    public static final int LENGTH = 8;

    /** The number of bytes. */
    public static final int BYTES = LENGTH * Integer.BYTES;

    private final int[] elements;

    private Digest(int[] elements) {
        this.elements = elements;
    }

    /** Makes a digest of eight Montgomery elements; throws IllegalArgumentException if there are not eight canonical. */
    public static Digest of(int... elements) {
        if (elements.length != LENGTH) {
            throw new IllegalArgumentException("elements.length " + elements.length + " is not " + LENGTH);
        }
        return of(elements, 0);
    }

    /** Reads eight Montgomery elements from an array of packed digests. */
    public static Digest of(int[] packed, int offset) {
        int[] elements = Arrays.copyOfRange(packed, offset, offset + LENGTH);
        for (int element : elements) {
            if (!KoalaBear.isCanonical(element)) {
                throw new IllegalArgumentException(
                        "element " + Integer.toUnsignedString(element) + " is not in [0, p)");
            }
        }
        return new Digest(elements);
    }

    /** Decodes 32 bytes; nothing if the length is wrong or an integer is not below p. */
    public static Optional<Digest> fromBytes(byte[] bytes) {
        if (bytes.length != BYTES) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int[] elements = new int[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            int canonical = buffer.getInt();
            if (!KoalaBear.isCanonical(canonical)) {
                return Optional.empty();
            }
            elements[i] = KoalaBear.fromCanonical(canonical);
        }
        return Optional.of(new Digest(elements));
    }

    /** Decodes the form of {@link #toString}; nothing if it is another. */
    public static Optional<Digest> fromHex(String hex) {
        if (hex.length() != 2 + 2 * BYTES || !hex.startsWith("0x")) {
            return Optional.empty();
        }
        try {
            return fromBytes(HexFormat.of().parseHex(hex, 2, hex.length()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns element {@code index} in Montgomery form. */
    public int element(int index) {
        return elements[index];
    }

    /** Returns a copy of the eight Montgomery elements. */
    public int[] elements() {
        return elements.clone();
    }

    /** Writes the eight Montgomery elements to {@code out} at {@code offset}. */
    public void store(int[] out, int offset) {
        System.arraycopy(elements, 0, out, offset, LENGTH);
    }

    public byte[] toBytes() {
        ByteBuffer buffer = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int element : elements) {
            buffer.putInt(KoalaBear.toCanonical(element));
        }
        return buffer.array();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digest digest && Arrays.equals(elements, digest.elements);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(elements);
    }

    /** Returns 0x and the 32 bytes in hexadecimal. */
    @Override
    public String toString() {
        return "0x" + HexFormat.of().formatHex(toBytes());
    }
}
