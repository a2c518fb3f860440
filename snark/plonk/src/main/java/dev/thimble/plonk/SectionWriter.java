package dev.thimble.plonk;

import dev.thimble.bn254.Fr;
import dev.thimble.bn254.G1;
import dev.thimble.bn254.G2;
import dev.thimble.bn254.PrimeField;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes the sectioned binary files of the circom world: magic, version, number of sections, then (id, size, bytes) each, little-endian. The
 * file appears under its name only when it is complete.
 */
final class SectionWriter implements AutoCloseable {
    private static final int MAX_SLICE = 1 << 26;

    private final Path target;
    private final Path partial;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    private long sectionStart;

    SectionWriter(Path target, String magic, int version, int sections) throws IOException {
        this.target = target;
        this.partial = target.resolveSibling(target.getFileName() + ".partial");
        this.channel = FileChannel.open(
                partial, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        buffer.put(magic.getBytes(StandardCharsets.US_ASCII)).putInt(version).putInt(sections);
    }

    void begin(int id) throws IOException {
        int32(id);
        int64(0);
        flush();
        sectionStart = channel.position();
    }

    void end() throws IOException {
        flush();
        long end = channel.position();
        ByteBuffer size = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(end - sectionStart);
        channel.write(size.flip(), sectionStart - 8);
    }

    SectionWriter int32(int value) throws IOException {
        room(4);
        buffer.putInt(value);
        return this;
    }

    SectionWriter int64(long value) throws IOException {
        room(8);
        buffer.putLong(value);
        return this;
    }

    /** Four limbs as they are. */
    SectionWriter limbs(long[] source, int offset) throws IOException {
        room(32);
        for (int i = 0; i < 4; i++) {
            buffer.putLong(source[offset + i]);
        }
        return this;
    }

    SectionWriter plain(BigInteger value) throws IOException {
        for (int i = 0; i < 4; i++) {
            int64(value.shiftRight(64 * i).longValue());
        }
        return this;
    }

    SectionWriter plain(Fr value) throws IOException {
        return plain(value.toBigInteger());
    }

    SectionWriter montgomery(Fr value) throws IOException {
        long[] limbs = new long[PrimeField.LIMBS];
        value.store(limbs, 0);
        return limbs(limbs, 0);
    }

    SectionWriter montgomery(G1 point) throws IOException {
        long[] limbs = new long[8];
        point.store(limbs, 0);
        return limbs(limbs, 0).limbs(limbs, 4);
    }

    SectionWriter montgomery(G2 point) throws IOException {
        long[] limbs = new long[16];
        point.x().c0().store(limbs, 0);
        point.x().c1().store(limbs, 4);
        point.y().c0().store(limbs, 8);
        point.y().c1().store(limbs, 12);
        for (int i = 0; i < 16; i += 4) {
            limbs(limbs, i);
        }
        return this;
    }

    SectionWriter bytes(byte[] bytes) throws IOException {
        flush();
        channel.write(ByteBuffer.wrap(bytes));
        return this;
    }

    SectionWriter memory(MemorySegment segment) throws IOException {
        flush();
        for (long at = 0; at < segment.byteSize(); at += MAX_SLICE) {
            ByteBuffer slice = segment.asSlice(at, Math.min(MAX_SLICE, segment.byteSize() - at))
                    .asByteBuffer();
            while (slice.hasRemaining()) {
                channel.write(slice);
            }
        }
        return this;
    }

    private void room(int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            flush();
        }
    }

    private void flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }

    /** Gives the file its name. */
    void finish() throws IOException {
        flush();
        channel.force(true);
        channel.close();
        Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(partial);
    }
}
