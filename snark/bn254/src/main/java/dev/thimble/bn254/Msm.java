package dev.thimble.bn254;

import java.util.Arrays;

/**
 * Multi-scalar multiplication Σ sᵢ·Pᵢ by Pippenger's buckets with signed digits; bucket sums by batch-affine additions.
 *
 * <p>Digits need no carries: s + K is cut into windows of c bits, where K has the top bit of every window but the last one set,
 * and 2^(c-1) is subtracted from each such digit. So digits of small scalars are zero in the upper windows, which then cost next to nothing:
 * commitments to small values in the Lagrange basis are cheap.
 */
public final class Msm {
    private static final PrimeField FR = PrimeField.FR;
    private static final int SCALAR_BITS = 255;

    private Msm() {}

    /**
     * The sum of scalars[i]·bases[i] over i below count.
     *
     * @param bases at least {@code count} points on the curve
     * @param scalars Montgomery elements of Fr, flat
     * @throws IllegalArgumentException if one of the two is too short
     */
    public static G1 multiply(G1Points bases, long[] scalars, int count, Parallel parallel) {
        if (count < 0 || bases.size() < count || scalars.length < (long) count * PrimeField.LIMBS) {
            throw new IllegalArgumentException("count = " + count + " but there are " + bases.size() + " bases and "
                    + scalars.length / PrimeField.LIMBS + " scalars");
        }
        if (count == 0) {
            return G1.INFINITY;
        }
        int windowBits = windowBits(count);
        int windows = windows(windowBits);
        long[] shifted = shiftedScalars(scalars, count, windowBits, parallel);
        G1[] sums = new G1[windows];
        parallel.forEach(windows, () -> {
            MsmWindow window = new MsmWindow(bases, shifted, count, windowBits);
            return w -> sums[w] = window.sum(w, w == windows - 1);
        });
        return combine(sums, windowBits);
    }

    /** How many windows a sum over {@code count} points takes; the unit of the cost figures. */
    public static int windowsFor(int count) {
        return windows(windowBits(count));
    }

    private static int windows(int windowBits) {
        return Math.ceilDiv(SCALAR_BITS, windowBits);
    }

    /** The width of the least additions: count per window, and about 2.2 for each of the 2^(c-1) buckets. */
    private static int windowBits(int count) {
        int best = 2;
        double bestCost = Double.MAX_VALUE;
        for (int bits = 2; bits <= 18; bits++) {
            double cost = windows(bits) * (count + 2.2 * (1L << (bits - 1)) + 300);
            if (cost < bestCost) {
                bestCost = cost;
                best = bits;
            }
        }
        return best;
    }

    private static long[] shiftedScalars(long[] scalars, int count, int windowBits, Parallel parallel) {
        long[] shift = shift(windowBits);
        long[] shifted = new long[count * PrimeField.LIMBS];
        parallel.forRange(count, 4096, (from, to) -> {
            for (int at = from * 4; at < to * 4; at += 4) {
                System.arraycopy(scalars, at, shifted, at, 4);
                FR.fromMontgomery(shifted, at);
                long carry = 0;
                for (int i = 0; i < 4; i++) {
                    long sum = shifted[at + i] + shift[i];
                    long out = Long.compareUnsigned(sum, shift[i]) < 0 ? 1 : 0;
                    shifted[at + i] = sum + carry;
                    carry = out + (carry == 1 && sum == -1 ? 1 : 0);
                }
            }
        });
        return shifted;
    }

    private static long[] shift(int windowBits) {
        long[] shift = new long[PrimeField.LIMBS];
        for (int w = 0; w < windows(windowBits) - 1; w++) {
            int bit = w * windowBits + windowBits - 1;
            shift[bit / 64] |= 1L << bit;
        }
        return shift;
    }

    private static G1 combine(G1[] sums, int windowBits) {
        G1Sum total = new G1Sum();
        for (int w = sums.length - 1; w >= 0; w--) {
            for (int i = 0; i < windowBits; i++) {
                total.twice();
            }
            total.add(sums[w]);
        }
        return total.toAffine();
    }

    /** One thread's work on windows of one multiplication. */
    private static final class MsmWindow {
        private final G1Points bases;
        private final long[] scalars;
        private final int count;
        private final int windowBits;
        private final int buckets;
        private final int[] starts;
        private final int[] entries;
        private final BucketSums bucketSums;

        MsmWindow(G1Points bases, long[] scalars, int count, int windowBits) {
            this.bases = bases;
            this.scalars = scalars;
            this.count = count;
            this.windowBits = windowBits;
            this.buckets = 1 << (windowBits - 1);
            this.starts = new int[buckets + 2];
            this.entries = new int[count];
            this.bucketSums = new BucketSums(buckets, count);
        }

        G1 sum(int window, boolean top) {
            sort(window, top);
            return starts[buckets + 1] == 0 ? G1.INFINITY : bucketSums.weightedSum(bases, entries, starts);
        }

        /** Counting sort: bucket b, 1 <= b <= buckets, holds entries[starts[b] .. starts[b+1]), as 2·index + sign. */
        private void sort(int window, boolean top) {
            Arrays.fill(starts, 0);
            for (int i = 0; i < count; i++) {
                int magnitude = Math.abs(digit(i, window, top));
                starts[magnitude]++;
            }
            int position = 0;
            starts[0] = 0;
            for (int b = 1; b <= buckets; b++) {
                int size = starts[b];
                starts[b] = position;
                position += size;
            }
            for (int i = 0; i < count; i++) {
                int digit = digit(i, window, top);
                if (digit != 0) {
                    entries[starts[Math.abs(digit)]++] = 2 * i + (digit < 0 ? 1 : 0);
                }
            }
            System.arraycopy(starts, 0, starts, 1, buckets + 1);
            starts[1] = 0;
        }

        private int digit(int index, int window, boolean top) {
            int bit = window * windowBits;
            int word = bit >>> 6;
            int offset = bit & 63;
            long value = scalars[4 * index + word] >>> offset;
            if (offset + windowBits > 64 && word < 3) {
                value |= scalars[4 * index + word + 1] << (64 - offset);
            }
            int raw = (int) value & ((1 << windowBits) - 1);
            return top ? raw : raw - buckets;
        }
    }
}
