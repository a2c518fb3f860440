package dev.thimble.chain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A content store in one file that only grows: records of CRC-32C of the rest, length, digest, bytes. What was put
 * before the last {@link #sync} survives a crash at any moment: from the first record that is not complete on, the file is
 * cut off when it is opened. Bytes are checked against their digest when they are read. One process at a time;
 * thread-safe within it.
 */
public final class FileContentStore implements ContentStore, AutoCloseable {
    private static final int HEADER_BYTES = 4 + 4 + 32;
    private static final int MAXIMUM_BYTES = 1 << 24;

    private final Path file;
    private final FileChannel channel;
    private final Map<Bytes32, Long> positions = new HashMap<>();
    private long end;

    private FileContentStore(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Opens the store of a folder, which is made when missing.
     *
     * @throws IOException if it cannot be read or written, or another process has it open
     */
    public static FileContentStore open(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve("contents");
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (tryLock(channel) == null) {
                throw new IOException(file + " is in use by another process");
            }
            FileContentStore store = new FileContentStore(file, channel);
            store.scan();
            return store;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private void scan() throws IOException {
        long size = channel.size();
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        while (end + HEADER_BYTES <= size) {
            read(header.clear(), end);
            int length = header.getInt(4);
            if (length < 0 || length > MAXIMUM_BYTES || end + HEADER_BYTES + length > size) {
                break;
            }
            ByteBuffer bytes = ByteBuffer.allocate(length);
            read(bytes, end + HEADER_BYTES);
            if (header.getInt(0) != checksum(header.array(), bytes.array())) {
                break;
            }
            positions.put(Bytes32.of(Arrays.copyOfRange(header.array(), 8, HEADER_BYTES)), end);
            end += HEADER_BYTES + length;
        }
        channel.truncate(end);
    }

    private static int checksum(byte[] header, byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(header, 4, HEADER_BYTES - 4);
        crc.update(bytes);
        return (int) crc.getValue();
    }

    private void read(ByteBuffer target, long position) throws IOException {
        while (target.hasRemaining()) {
            int count = channel.read(target, position + target.position());
            if (count < 0) {
                throw new IOException(file + " ends early");
            }
        }
    }

    /**
     * The bytes with this digest.
     *
     * @throws UncheckedIOException if the file cannot be read or holds other bytes in their place
     */
    @Override
    public synchronized Optional<byte[]> get(Bytes32 hash) {
        Long position = positions.get(hash);
        if (position == null) {
            return Optional.empty();
        }
        try {
            ByteBuffer length = ByteBuffer.allocate(4);
            read(length, position + 4);
            ByteBuffer bytes = ByteBuffer.allocate(length.getInt(0));
            read(bytes, position + HEADER_BYTES);
            if (!Bytes32.keccak(bytes.array()).equals(hash)) {
                throw new IOException(file + " is damaged at " + position + ": the content is not " + hash);
            }
            return Optional.of(bytes.array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized Bytes32 put(byte[] bytes) {
        if (bytes.length > MAXIMUM_BYTES) {
            throw new IllegalArgumentException("content of " + bytes.length + " bytes is larger than " + MAXIMUM_BYTES);
        }
        Bytes32 hash = Bytes32.keccak(bytes);
        if (positions.containsKey(hash)) {
            return hash;
        }
        ByteBuffer entry = ByteBuffer.allocate(HEADER_BYTES + bytes.length);
        entry.putInt(0).putInt(bytes.length).put(hash.bytes()).put(bytes).flip();
        entry.putInt(0, checksum(entry.array(), bytes));
        try {
            write(entry);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        positions.put(hash, end);
        end += entry.limit();
        return hash;
    }

    private void write(ByteBuffer entry) throws IOException {
        while (entry.hasRemaining()) {
            channel.write(entry, end + entry.position());
        }
    }

    /** Returns when everything put so far is on the disk. */
    public synchronized void sync() throws IOException {
        channel.force(false);
    }

    @Override
    public String toString() {
        return file.toString();
    }

    @Override
    public void close() throws IOException {
        sync();
        channel.close();
    }
}
