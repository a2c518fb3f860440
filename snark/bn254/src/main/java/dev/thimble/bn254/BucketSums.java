package dev.thimble.bn254;

import java.util.Arrays;

/**
 * Σ b·(sum of bucket b) for one window. Every bucket is a run of points; runs are halved in rounds by batched additions of
 * neighbours until one point is left, then the weighted sum is taken in many lanes at once.
 */
final class BucketSums {
    private static final PrimeField F = PrimeField.FQ;
    private static final int MAX_LANES = 1024;

    private final int buckets;
    private final BatchAdder adder = new BatchAdder();
    private final int[] targets = new int[BatchAdder.CAPACITY];
    private final int[] sizes;
    private final long[] points;
    private int pending;

    BucketSums(int buckets, int entries) {
        this.buckets = buckets;
        this.sizes = new int[buckets + 1];
        this.points = new long[Math.multiplyExact(8, entries / 2 + Math.min(buckets, entries) + 1)];
    }

    /**
     * @param entries 2·index + sign
     * @param starts bucket b is entries[starts[b] .. starts[b+1])
     */
    G1 weightedSum(G1Points bases, int[] entries, int[] starts) {
        boolean more = firstRound(bases, entries, starts);
        while (more) {
            more = nextRound();
        }
        return reduce();
    }

    private boolean firstRound(G1Points bases, int[] entries, int[] starts) {
        int out = 0;
        int largest = 0;
        for (int b = 1; b <= buckets; b++) {
            int end = starts[b + 1];
            int i = starts[b];
            sizes[b] = (end - i + 1) / 2;
            largest = Math.max(largest, sizes[b]);
            for (; i + 1 < end; i += 2) {
                loadSigned(bases, entries[i], adder.left, 8 * pending);
                loadSigned(bases, entries[i + 1], adder.right, 8 * pending);
                enqueue(out++);
            }
            if (i < end) {
                loadSigned(bases, entries[i], points, 8 * out++);
            }
        }
        flush();
        return largest > 1;
    }

    private static void loadSigned(G1Points bases, int entry, long[] target, int offset) {
        bases.load(entry >>> 1, target, offset);
        if ((entry & 1) == 1) {
            F.negate(target, offset + 4, target, offset + 4);
        }
    }

    /** Reads are always ahead of writes: a sum lands at or before its left operand, and that was copied when it was queued. */
    private boolean nextRound() {
        int in = 0;
        int out = 0;
        int largest = 0;
        for (int b = 1; b <= buckets; b++) {
            int size = sizes[b];
            for (int i = 0; i + 1 < size; i += 2, in += 2) {
                System.arraycopy(points, 8 * in, adder.left, 8 * pending, 8);
                System.arraycopy(points, 8 * in + 8, adder.right, 8 * pending, 8);
                enqueue(out++);
            }
            if ((size & 1) == 1) {
                System.arraycopy(points, 8 * in++, points, 8 * out++, 8);
            }
            sizes[b] = (size + 1) / 2;
            largest = Math.max(largest, sizes[b]);
        }
        flush();
        return largest > 1;
    }

    private void enqueue(int target) {
        targets[pending++] = target;
        if (pending == BatchAdder.CAPACITY) {
            flush();
        }
    }

    private void flush() {
        adder.add(pending);
        for (int i = 0; i < pending; i++) {
            System.arraycopy(adder.left, 8 * i, points, 8 * targets[i], 8);
        }
        pending = 0;
    }

    /**
     * Lane s holds the L buckets s·L + 1 … (s+1)·L. In L steps, from the highest bucket down, each lane keeps R = Σ B and T = Σ j·B; the
     * result is Σ T + L·Σ s·R.
     */
    private G1 reduce() {
        int lanes = Math.min(buckets, MAX_LANES);
        int length = buckets / lanes;
        int[] positions = bucketPositions();
        long[] running = new long[8 * lanes];
        long[] totals = new long[8 * lanes];
        for (int j = length; j >= 1; j--) {
            System.arraycopy(running, 0, adder.left, 0, 8 * lanes);
            for (int s = 0; s < lanes; s++) {
                loadBucket(positions, s * length + j, 8 * s);
            }
            adder.add(lanes);
            System.arraycopy(adder.left, 0, running, 0, 8 * lanes);
            System.arraycopy(totals, 0, adder.right, 0, 8 * lanes);
            adder.add(lanes);
            System.arraycopy(adder.left, 0, totals, 0, 8 * lanes);
        }
        return combineLanes(running, totals, lanes, length);
    }

    private int[] bucketPositions() {
        int[] positions = new int[buckets + 1];
        int position = 0;
        for (int b = 1; b <= buckets; b++) {
            positions[b] = position;
            position += sizes[b];
        }
        return positions;
    }

    private void loadBucket(int[] positions, int bucket, int offset) {
        if (sizes[bucket] == 0) {
            Arrays.fill(adder.right, offset, offset + 8, 0);
        } else {
            System.arraycopy(points, 8 * positions[bucket], adder.right, offset, 8);
        }
    }

    private static G1 combineLanes(long[] running, long[] totals, int lanes, int length) {
        G1Sum suffix = new G1Sum();
        G1Sum result = new G1Sum();
        for (int s = lanes - 1; s >= 1; s--) {
            suffix.add(running, 8 * s);
            result.add(suffix);
        }
        for (int i = 1; i < length; i *= 2) {
            result.twice();
        }
        for (int s = 0; s < lanes; s++) {
            result.add(totals, 8 * s);
        }
        return result.toAffine();
    }
}
