package dev.thimble.riscv;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * Canonical bytes of a {@link WitnessInput}, little-endian 32-bit words: magic, version, bytes of input, hint words; the
 * input, zero padded to words; the hint words.
 */
public final class WitnessInputCodec {
    private static final int MAGIC = 0x4E49_5754;
    private static final int VERSION = 1;
    private static final int HEADER_BYTES = 16;

    private WitnessInputCodec() {}

    /** Returns the bytes of a witness input. */
    public static byte[] encode(WitnessInput witness) {
        byte[] input = witness.input();
        int[] hints = witness.hints();
        int padded = padded(input.length);
        ByteBuffer bytes =
                ByteBuffer.allocate(HEADER_BYTES + padded + 4 * hints.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(MAGIC).putInt(VERSION).putInt(input.length).putInt(hints.length);
        bytes.put(input).position(HEADER_BYTES + padded);
        bytes.asIntBuffer().put(hints);
        return bytes.array();
    }

    /** Reads a witness input; nothing if the bytes are not exactly one encoding of one. */
    public static Optional<WitnessInput> decode(byte[] bytes) {
        if (bytes.length < HEADER_BYTES) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        boolean known = buffer.getInt() == MAGIC && buffer.getInt() == VERSION;
        int inputBytes = buffer.getInt(8);
        int hintWords = buffer.getInt(12);
        if (!known || inputBytes < 0 || inputBytes > GuestInput.MAXIMUM_BYTES || hintWords < 0) {
            return Optional.empty();
        }
        int hintsAt = HEADER_BYTES + padded(inputBytes);
        if (bytes.length != hintsAt + 4L * hintWords) {
            return Optional.empty();
        }
        for (int i = HEADER_BYTES + inputBytes; i < hintsAt; i++) {
            if (bytes[i] != 0) {
                return Optional.empty();
            }
        }
        int[] hints = new int[hintWords];
        buffer.position(hintsAt).asIntBuffer().get(hints);
        return Optional.of(new WitnessInput(Arrays.copyOfRange(bytes, HEADER_BYTES, HEADER_BYTES + inputBytes), hints));
    }

    private static int padded(int bytes) {
        return (bytes + 3) & ~3;
    }
}
