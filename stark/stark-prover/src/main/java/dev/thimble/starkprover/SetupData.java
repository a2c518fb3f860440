package dev.thimble.starkprover;

import dev.thimble.air.AirProgram;
import dev.thimble.air.Stage;
import dev.thimble.fri.FriParameters;
import dev.thimble.hash.Digest;
import dev.thimble.merkle.MerkleTree;
import dev.thimble.starkverifier.Protocol;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The bytes of a proving key: preprocessed columns, their extension and its tree. Little-endian words in Montgomery form;
 * every length follows from the circuit, which is not in the file. Layout: docs/formats.md, "Setup data".
 *
 * <p>Reading trusts the bytes: check a hash of the file first. Digests that are not of these columns give proofs that no
 * verifier accepts.
 */
public final class SetupData {
    private static final int MAGIC = 0x5445_5354;
    private static final int FORMAT = 1;
    private static final int BUFFER_BYTES = 1 << 20;

    private SetupData() {}

    /** The number of bytes that {@link #write} writes. */
    public static long sizeBytes(AirProgram program, FriParameters parameters) {
        long rows = program.height();
        long length = rows << parameters.logBlowup();
        int logLength = program.logHeight() + parameters.logBlowup();
        long digests = 2 * length - (1L << parameters.logCapOf(logLength));
        int width = program.width(Stage.PREPROCESSED);
        return Integer.BYTES * (2 + width * (rows + length) + Digest.LENGTH * digests);
    }

    /** Writes a key whose circuit has preprocessed columns. */
    public static void write(ProvingKey key, WritableByteChannel out) throws IOException {
        CommittedMatrix matrix = key.preprocessed()
                .orElseThrow(() -> new IllegalArgumentException(
                        key.verifyingKey().program().name() + " has no preprocessed columns"));
        writeWords(out, new int[] {MAGIC, FORMAT});
        for (int[] column : matrix.values()) {
            writeWords(out, column);
        }
        for (int[] column : matrix.extended()) {
            writeWords(out, column);
        }
        for (int[] level : matrix.tree().levels()) {
            writeWords(out, level);
        }
    }

    /**
     * Reads a key.
     *
     * @throws IOException if the bytes end early or are no setup data of this format
     */
    public static ProvingKey read(
            Protocol protocol, int circuitType, AirProgram program, FriParameters parameters, ReadableByteChannel in)
            throws IOException {
        int[] header = readWords(in, 2);
        if (header[0] != MAGIC || header[1] != FORMAT) {
            throw new IOException("no setup data of format " + FORMAT);
        }
        int logLength = program.logHeight() + parameters.logBlowup();
        int[][] values = readColumns(in, program.width(Stage.PREPROCESSED), program.logHeight());
        int[][] extended = readColumns(in, program.width(Stage.PREPROCESSED), logLength);
        int logCap = parameters.logCapOf(logLength);
        List<int[]> levels = new ArrayList<>();
        for (int log = logLength; log >= logCap; log--) {
            levels.add(readWords(in, Digest.LENGTH << log));
        }
        MerkleTree tree = MerkleTree.restore(extended, logLength, logCap, levels);
        Optional<CommittedMatrix> matrix = Optional.of(new CommittedMatrix(values, extended, tree));
        return ProvingKey.of(protocol, circuitType, program, parameters, matrix);
    }

    private static int[][] readColumns(ReadableByteChannel in, int width, int logRows) throws IOException {
        int[][] columns = new int[width][];
        for (int i = 0; i < width; i++) {
            columns[i] = readWords(in, 1 << logRows);
        }
        return columns;
    }

    private static void writeWords(WritableByteChannel out, int[] words) throws IOException {
        ByteBuffer buffer = buffer(words.length);
        for (int from = 0; from < words.length; from += buffer.capacity() / Integer.BYTES) {
            int count = Math.min(words.length - from, buffer.capacity() / Integer.BYTES);
            buffer.clear();
            buffer.asIntBuffer().put(words, from, count);
            buffer.limit(count * Integer.BYTES);
            while (buffer.hasRemaining()) {
                out.write(buffer);
            }
        }
    }

    private static int[] readWords(ReadableByteChannel in, int length) throws IOException {
        int[] words = new int[length];
        ByteBuffer buffer = buffer(length);
        for (int from = 0; from < length; from += buffer.capacity() / Integer.BYTES) {
            int count = Math.min(length - from, buffer.capacity() / Integer.BYTES);
            buffer.clear().limit(count * Integer.BYTES);
            while (buffer.hasRemaining()) {
                if (in.read(buffer) < 0) {
                    throw new EOFException("setup data ends early");
                }
            }
            buffer.flip();
            buffer.asIntBuffer().get(words, from, count);
        }
        return words;
    }

    private static ByteBuffer buffer(int words) {
        return ByteBuffer.allocateDirect(Math.min(BUFFER_BYTES, words * Integer.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
    }
}
