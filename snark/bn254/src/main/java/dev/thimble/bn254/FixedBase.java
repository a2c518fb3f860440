package dev.thimble.bn254;

import java.util.Arrays;

/**
 * Many multiples of one point: tables of the multiples d·2^(cw)·G for every digit d of every window w, then one batched addition per window and scalar.
 */
public final class FixedBase {
    private static final int WINDOW_BITS = 13;
    private static final int WINDOWS = Math.ceilDiv(254, WINDOW_BITS);

    private final G1Points table;

    /** Makes the tables of a point. */
    public FixedBase(G1 base) {
        table = G1Points.allocate((long) WINDOWS << WINDOW_BITS);
        G1 start = base;
        long[] limbs = new long[8];
        for (int w = 0; w < WINDOWS; w++) {
            fillWindow(w, start, limbs);
            for (int i = 0; i < WINDOW_BITS; i++) {
                start = start.add(start);
            }
        }
    }

    /** Entries d·S for d below 2^c, doubling the filled part with batched additions of S·filled. */
    private void fillWindow(int window, G1 start, long[] limbs) {
        BatchAdder adder = new BatchAdder();
        long offset = (long) window << WINDOW_BITS;
        G1 step = start;
        for (int filled = 1; filled < 1 << WINDOW_BITS; filled *= 2) {
            step.store(limbs, 0);
            for (int from = 0; from < filled; from += BatchAdder.CAPACITY) {
                int count = Math.min(BatchAdder.CAPACITY, filled - from);
                for (int i = 0; i < count; i++) {
                    table.load(offset + from + i, adder.left, 8 * i);
                    System.arraycopy(limbs, 0, adder.right, 8 * i, 8);
                }
                adder.add(count);
                for (int i = 0; i < count; i++) {
                    table.store(offset + filled + from + i, adder.left, 8 * i);
                }
            }
            step = step.add(step);
        }
    }

    /** Writes scalars[i]·G to target[i] for every scalar (Montgomery elements of Fr, flat). */
    public void multiplyAll(long[] scalars, G1Points target, Parallel parallel) {
        int count = scalars.length / 4;
        if (target.size() < count) {
            throw new IllegalArgumentException("target has room for " + target.size() + " points, not " + count);
        }
        int batches = Math.ceilDiv(count, BatchAdder.CAPACITY);
        parallel.forEach(batches, () -> {
            BatchAdder adder = new BatchAdder();
            long[] plain = new long[4 * BatchAdder.CAPACITY];
            return b -> {
                int from = b * BatchAdder.CAPACITY;
                int size = Math.min(BatchAdder.CAPACITY, count - from);
                multiplyBatch(adder, plain, scalars, from, size);
                for (int i = 0; i < size; i++) {
                    target.store(from + i, adder.left, 8 * i);
                }
            };
        });
    }

    private void multiplyBatch(BatchAdder adder, long[] plain, long[] scalars, int from, int size) {
        System.arraycopy(scalars, 4 * from, plain, 0, 4 * size);
        Arrays.fill(adder.left, 0);
        for (int i = 0; i < size; i++) {
            PrimeField.FR.fromMontgomery(plain, 4 * i);
        }
        for (int w = 0; w < WINDOWS; w++) {
            for (int i = 0; i < size; i++) {
                int digit = digit(plain, 4 * i, w * WINDOW_BITS);
                table.load(((long) w << WINDOW_BITS) + digit, adder.right, 8 * i);
            }
            adder.add(size);
        }
    }

    private static int digit(long[] plain, int at, int bit) {
        int word = bit >>> 6;
        int offset = bit & 63;
        long value = plain[at + word] >>> offset;
        if (offset + WINDOW_BITS > 64 && word < 3) {
            value |= plain[at + word + 1] << (64 - offset);
        }
        return (int) value & ((1 << WINDOW_BITS) - 1);
    }
}
