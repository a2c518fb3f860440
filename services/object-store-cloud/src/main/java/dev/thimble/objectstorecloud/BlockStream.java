package dev.thimble.objectstorecloud;

import java.io.IOException;
import java.io.InputStream;

/** An object read in blocks, one request each, so that memory does not grow with the object. */
final class BlockStream extends InputStream {
    private static final int BLOCK_BYTES = 8 << 20;

    /** Reads one block. */
    interface Source {
        byte[] read(long offset, int length) throws IOException;
    }

    private final long size;
    private final Source source;
    private byte[] block = new byte[0];
    private int position;
    private long offset;

    BlockStream(long size, Source source) {
        this.size = size;
        this.source = source;
    }

    @Override
    public int read() throws IOException {
        return fill() ? block[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int start, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, block.length - position);
        System.arraycopy(block, position, target, start, count);
        position += count;
        return count;
    }

    private boolean fill() throws IOException {
        if (position < block.length) {
            return true;
        }
        if (offset >= size) {
            return false;
        }
        block = source.read(offset, (int) Math.min(BLOCK_BYTES, size - offset));
        offset += block.length;
        position = 0;
        return true;
    }
}
