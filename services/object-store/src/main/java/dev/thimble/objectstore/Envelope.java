package dev.thimble.objectstore;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * How an object lies in its place: eight bytes of magic, then chunks. A chunk is a big-endian {@code int} (its length,
 * plus 2^31 if it is the last one), the bytes, and SHA-256(key length ‖ key ‖ chunk index ‖ that int ‖ bytes). All chunks
 * but the last hold exactly one MiB. Therefore no chunk can be dropped, reordered, cut or taken from another object.
 */
public final class Envelope {
    /** Bytes of content per chunk. */
    public static final int CHUNK_BYTES = 1 << 20;

    static final int DIGEST_BYTES = 32;
    static final int LAST = 1 << 31;
    private static final byte[] MAGIC = "THIMBLE1".getBytes(StandardCharsets.US_ASCII);

    private Envelope() {}

    /** Writes {@code content} in its envelope; closes neither stream. */
    public static void write(ObjectKey key, InputStream content, OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(out);
        data.write(MAGIC);
        byte[] chunk = content.readNBytes(CHUNK_BYTES);
        for (long index = 0; ; index++) {
            byte[] next = chunk.length < CHUNK_BYTES ? new byte[0] : content.readNBytes(CHUNK_BYTES);
            int header = next.length == 0 ? chunk.length | LAST : chunk.length;
            data.writeInt(header);
            data.write(chunk);
            data.write(digest(key, index, header, chunk));
            if (next.length == 0) {
                data.flush();
                return;
            }
            chunk = next;
        }
    }

    /** The content of the envelope read from {@code in}; closing the result closes {@code in}. */
    public static InputStream read(ObjectKey key, InputStream in) throws IOException {
        try {
            if (!MessageDigest.isEqual(MAGIC, in.readNBytes(MAGIC.length))) {
                throw new CorruptArtifact(key, "does not begin as an artifact does");
            }
            return new CheckedStream(key, in);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    static byte[] digest(ObjectKey key, long index, int header, byte[] chunk) {
        byte[] name = key.path().getBytes(StandardCharsets.UTF_8);
        MessageDigest sha256 = sha256();
        sha256.update(ByteBuffer.allocate(4).putInt(name.length).flip());
        sha256.update(name);
        sha256.update(ByteBuffer.allocate(12).putLong(index).putInt(header).flip());
        return sha256.digest(chunk);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Gives out the bytes of a chunk only after its digest was compared. */
    private static final class CheckedStream extends InputStream {
        private final ObjectKey key;
        private final InputStream in;
        private byte[] chunk = new byte[0];
        private int position;
        private long index;
        private boolean last;

        CheckedStream(ObjectKey key, InputStream in) {
            this.key = key;
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            return fill() ? chunk[position++] & 0xff : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int count = Math.min(length, chunk.length - position);
            System.arraycopy(chunk, position, target, offset, count);
            position += count;
            return count;
        }

        @Override
        public int available() {
            return chunk.length - position;
        }

        private boolean fill() throws IOException {
            while (position == chunk.length) {
                if (last) {
                    return false;
                }
                nextChunk();
            }
            return true;
        }

        private void nextChunk() throws IOException {
            int header = ByteBuffer.wrap(exactly(4)).getInt();
            int length = header & ~LAST;
            boolean isLast = (header & LAST) != 0;
            if (length > CHUNK_BYTES || (!isLast && length != CHUNK_BYTES)) {
                throw new CorruptArtifact(key, "chunk " + index + " has an impossible length");
            }
            byte[] bytes = exactly(length);
            if (!MessageDigest.isEqual(digest(key, index, header, bytes), exactly(DIGEST_BYTES))) {
                throw new CorruptArtifact(key, "checksum of chunk " + index + " differs");
            }
            if (isLast && in.read() >= 0) {
                throw new CorruptArtifact(key, "bytes after the end");
            }
            chunk = bytes;
            position = 0;
            last = isLast;
            index++;
        }

        private byte[] exactly(int count) throws IOException {
            byte[] bytes = new byte[count];
            if (in.readNBytes(bytes, 0, count) != count) {
                throw new CorruptArtifact(key, "ends within chunk " + index);
            }
            return bytes;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
