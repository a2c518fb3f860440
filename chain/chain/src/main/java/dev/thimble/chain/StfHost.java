package dev.thimble.chain;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * The host of one run of the state transition function: answers its requests with hint words and collects its notes. It is
 * not trusted: the program checks whatever it reads. A host that lacks something says so, and the program ends.
 */
public final class StfHost {
    private static final int REQUESTS = 3;
    private static final int NOTES = 4;
    private static final int CHUNK_WORDS = 8;
    private static final int CHUNK_BYTES = 4 * CHUNK_WORDS;
    private static final int ABSENT = -1;

    /** Headers of blocks before the batch, for BLOCKHASH. */
    @FunctionalInterface
    public interface Ancestors {
        /** Knows none. */
        Ancestors NONE = _ -> Optional.empty();

        /** The RLP of the header of this block. */
        Optional<byte[]> header(long number);
    }

    private final MemoryContentStore contents;
    private final Ancestors ancestors;
    private final StfNotes.Collector notes;
    private ByteBuffer answer = ByteBuffer.allocate(0);
    private long hintWords;
    private String complaint = "";

    /** A host with this state; what the run adds stays in the notes. */
    public StfHost(ContentStore state, Ancestors ancestors) {
        this.contents = new MemoryContentStore(state);
        this.ancestors = ancestors;
        this.notes = new StfNotes.Collector(contents);
    }

    /** Takes what the program wrote to a stream: the latest request is the one that is answered. */
    void write(int stream, byte[] bytes) {
        try {
            if (stream == REQUESTS) {
                answer = ByteBuffer.allocate(0);
                answer = answer(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN))
                        .order(ByteOrder.LITTLE_ENDIAN);
            } else if (stream == NOTES) {
                notes.take(bytes);
            }
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            complaint = "the program wrote what the host does not understand: " + e.getMessage();
        }
    }

    /** Fills in the next 8 words of the answer; false if there are none left. */
    boolean hint(int[] words) {
        if (answer.remaining() < CHUNK_BYTES) {
            return false;
        }
        for (int i = 0; i < CHUNK_WORDS; i++) {
            words[i] = answer.getInt();
        }
        hintWords += CHUNK_WORDS;
        return true;
    }

    /** What the run told. */
    StfNotes notes() {
        return notes.notes();
    }

    /** The size of the witness: all hint words given. */
    long witnessBytes() {
        return 4 * hintWords;
    }

    /** What was wrong with the program's requests and notes; empty if nothing. */
    String complaint() {
        return complaint;
    }

    private ByteBuffer answer(ByteBuffer request) {
        byte kind = request.get();
        return switch (kind) {
            case 1, 2 -> blob(contents.get(Bytes32.of(take(request, 32))));
            case 3 -> blob(ancestors.header(request.getLong()));
            case 4 -> chunks(FieldHints.inverse(request.get(), number(request, 32)), 32);
            case 5 -> chunks(FieldHints.squareRoot(request.get(), number(request, 32)), 32);
            case 6 -> divide(request);
            default -> throw new IllegalArgumentException("unknown kind of request: " + kind);
        };
    }

    private static ByteBuffer divide(ByteBuffer request) {
        BigInteger[] result = FieldHints.divide(number(request, 64), number(request, 32));
        return ByteBuffer.allocate(96)
                .put(chunks(result[0], 64))
                .put(chunks(result[1], 32))
                .flip();
    }

    /** A chunk with the length, then the bytes in whole chunks. */
    private static ByteBuffer blob(Optional<byte[]> found) {
        byte[] bytes = found.orElse(new byte[0]);
        int chunks = (bytes.length + CHUNK_BYTES - 1) / CHUNK_BYTES;
        return ByteBuffer.allocate(CHUNK_BYTES * (1 + chunks))
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0, found.isPresent() ? bytes.length : ABSENT)
                .put(CHUNK_BYTES, bytes);
    }

    private static byte[] take(ByteBuffer request, int count) {
        byte[] bytes = new byte[count];
        request.get(bytes);
        return bytes;
    }

    private static BigInteger number(ByteBuffer request, int count) {
        return new BigInteger(1, reversed(take(request, count)));
    }

    private static ByteBuffer chunks(BigInteger value, int length) {
        return ByteBuffer.wrap(reversed(Hex.toBytes(value, length)));
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] result = Arrays.copyOf(bytes, bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            result[i] = bytes[bytes.length - 1 - i];
        }
        return result;
    }
}
