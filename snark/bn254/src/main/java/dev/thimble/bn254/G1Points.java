package dev.thimble.bn254;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Many G1 points outside the heap, in memory or mapped from a file: 64 bytes each, x then y, little-endian Montgomery limbs, zeros
 * at infinity. This is the layout of .ptau and .zkey files, so those are used where they lie.
 */
public final class G1Points {
    /** Bytes of a point. */
    public static final int POINT_BYTES = 64;

    private static final ValueLayout.OfLong LIMB = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final MemorySegment segment;

    private G1Points(MemorySegment segment) {
        this.segment = segment;
    }

    /**
     * Views native or mapped memory as points.
     *
     * @throws IllegalArgumentException if the size is not a whole number of points, or the memory is on the heap
     */
    public static G1Points over(MemorySegment segment) {
        if (!segment.isNative() || segment.byteSize() % POINT_BYTES != 0) {
            throw new IllegalArgumentException(
                    "segment of " + segment.byteSize() + " bytes is not native memory of whole points");
        }
        return new G1Points(segment);
    }

    /** Room for points, all at infinity, released with the last reference. */
    public static G1Points allocate(long count) {
        return new G1Points(Arena.ofAuto().allocate(Math.multiplyExact(count, POINT_BYTES), 8));
    }

    /** Number of points. */
    public long size() {
        return segment.byteSize() / POINT_BYTES;
    }

    /** The points from (included) to (excluded). */
    public G1Points slice(long from, long to) {
        return new G1Points(segment.asSlice(from * POINT_BYTES, (to - from) * POINT_BYTES));
    }

    /** The memory itself. */
    public MemorySegment segment() {
        return segment;
    }

    /** One point. */
    public G1 get(long index) {
        long[] limbs = new long[8];
        load(index, limbs, 0);
        return G1.load(limbs, 0);
    }

    /** Copies the eight limbs of a point. */
    public void load(long index, long[] target, int offset) {
        long at = index * POINT_BYTES;
        for (int i = 0; i < 8; i++) {
            target[offset + i] = segment.get(LIMB, at + 8L * i);
        }
    }

    /** Overwrites a point. */
    public void store(long index, long[] source, int offset) {
        long at = index * POINT_BYTES;
        for (int i = 0; i < 8; i++) {
            segment.set(LIMB, at + 8L * i, source[offset + i]);
        }
    }
}
