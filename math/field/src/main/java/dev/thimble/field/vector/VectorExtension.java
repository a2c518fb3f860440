package dev.thimble.field.vector;

import dev.thimble.field.Ext4;
import dev.thimble.field.KoalaBear;
import java.util.Arrays;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products over the extension, as sums of four base products: those fit into 64 unsigned bits, with a high half below
 * 2p, and are reduced once. With t = 3b the coefficients of ab are a0 b0 + a1 t3 + a2 t2 + a3 t1,
 * a0 b1 + a1 b0 + a2 t3 + a3 t2, a0 b2 + a1 b1 + a2 b0 + a3 t3 and a0 b3 + a1 b2 + a2 b1 + a3 b0. The methods return how
 * many elements they have done: the largest multiple of eight.
 */
final class VectorExtension {
    private static final VectorSpecies<Integer> S = IntVector.SPECIES_256;
    private static final int LANES = VectorFieldKernels.LANES;
    private static final int P = KoalaBear.P;
    private static final long LOW = 0xFFFFFFFFL;
    private static final int BLOCK = 256;

    /** Per thread: a block of b0 to b3, of 3 b1 to 3 b3, and of a product. */
    private static final ThreadLocal<int[][]> BLOCKS = ThreadLocal.withInitial(() -> new int[11][BLOCK]);

    private VectorExtension() {}

    static int mul(int[][] a, int aOffset, int[][] b, int bOffset, int[][] out, int outOffset, int length) {
        int end = length & -LANES;
        int[][] block = BLOCKS.get();
        for (int i = 0; i < end; i += BLOCK) {
            int count = Math.min(BLOCK, end - i);
            product(a, aOffset + i, b, bOffset + i, block, count);
            for (int k = 0; k < Ext4.DEGREE; k++) {
                System.arraycopy(block[7 + k], 0, out[k], outOffset + i, count);
            }
        }
        return end;
    }

    static int mulAdd(int[][] a, int aOffset, int[][] b, int bOffset, int[][] out, int outOffset, int length) {
        int end = length & -LANES;
        int[][] block = BLOCKS.get();
        for (int i = 0; i < end; i += BLOCK) {
            int count = Math.min(BLOCK, end - i);
            product(a, aOffset + i, b, bOffset + i, block, count);
            for (int k = 0; k < Ext4.DEGREE; k++) {
                VectorSums.add(block[7 + k], 0, out[k], outOffset + i, out[k], outOffset + i, count);
            }
        }
        return end;
    }

    static int scale(int[][] a, int aOffset, Ext4 factor, int[][] out, int outOffset, int length) {
        int end = length & -LANES;
        int[][] block = BLOCKS.get();
        for (int i = 0; i < end; i += BLOCK) {
            int count = Math.min(BLOCK, end - i);
            for (int k = 0; k < Ext4.DEGREE; k++) {
                Arrays.fill(block[7 + k], 0);
            }
            addScaled(a, aOffset + i, factor, block, count);
            for (int k = 0; k < Ext4.DEGREE; k++) {
                System.arraycopy(block[7 + k], 0, out[k], outOffset + i, count);
            }
        }
        return end;
    }

    static int scaleAdd(int[][] a, int aOffset, Ext4 factor, int[][] out, int outOffset, int length) {
        int end = length & -LANES;
        int[][] block = BLOCKS.get();
        for (int i = 0; i < end; i += BLOCK) {
            int count = Math.min(BLOCK, end - i);
            for (int k = 0; k < Ext4.DEGREE; k++) {
                System.arraycopy(out[k], outOffset + i, block[7 + k], 0, count);
            }
            addScaled(a, aOffset + i, factor, block, count);
            for (int k = 0; k < Ext4.DEGREE; k++) {
                System.arraycopy(block[7 + k], 0, out[k], outOffset + i, count);
            }
        }
        return end;
    }

    static int liftCombine(int[][] columns, int columnsOffset, Ext4[] factors, int[][] out, int outOffset, int length) {
        int end = length & -LANES;
        for (int i = 0; i < end; i += BLOCK) {
            int count = Math.min(BLOCK, end - i);
            for (int j = 0; j < factors.length; j += 4) {
                combineFour(columns, columnsOffset + i, factors, j, out, outOffset + i, count);
            }
        }
        return end;
    }

    /** Adds up to four columns from number j on; absent ones stand as the first of them times 0. */
    private static void combineFour(
            int[][] columns, int columnsOffset, Ext4[] factors, int j, int[][] out, int outOffset, int count) {
        int[] c0 = columns[j];
        int[] c1 = j + 1 < factors.length ? columns[j + 1] : c0;
        int[] c2 = j + 2 < factors.length ? columns[j + 2] : c0;
        int[] c3 = j + 3 < factors.length ? columns[j + 3] : c0;
        for (int k = 0; k < Ext4.DEGREE; k++) {
            int f0 = factors[j].coefficient(k);
            int f1 = j + 1 < factors.length ? factors[j + 1].coefficient(k) : 0;
            int f2 = j + 2 < factors.length ? factors[j + 2].coefficient(k) : 0;
            int f3 = j + 3 < factors.length ? factors[j + 3].coefficient(k) : 0;
            combine(c0, c1, c2, c3, columnsOffset, f0, f1, f2, f3, out[k], outOffset, count);
        }
    }

    private static void product(int[][] a, int aOffset, int[][] b, int bOffset, int[][] block, int count) {
        for (int k = 0; k < Ext4.DEGREE; k++) {
            System.arraycopy(b[k], bOffset, block[k], 0, count);
        }
        for (int k = 1; k < Ext4.DEGREE; k++) {
            triple(block[k], block[3 + k], count);
        }
        dot(a[0], a[1], a[2], a[3], aOffset, block[0], block[6], block[5], block[4], block[7], count);
        dot(a[0], a[1], a[2], a[3], aOffset, block[1], block[0], block[6], block[5], block[8], count);
        dot(a[0], a[1], a[2], a[3], aOffset, block[2], block[1], block[0], block[6], block[9], count);
        dot(a[0], a[1], a[2], a[3], aOffset, block[3], block[2], block[1], block[0], block[10], count);
    }

    private static void addScaled(int[][] a, int aOffset, Ext4 f, int[][] block, int count) {
        int t1 = KoalaBear.mul(f.c1(), KoalaBear.GENERATOR);
        int t2 = KoalaBear.mul(f.c2(), KoalaBear.GENERATOR);
        int t3 = KoalaBear.mul(f.c3(), KoalaBear.GENERATOR);
        combine(a[0], a[1], a[2], a[3], aOffset, f.c0(), t3, t2, t1, block[7], 0, count);
        combine(a[0], a[1], a[2], a[3], aOffset, f.c1(), f.c0(), t3, t2, block[8], 0, count);
        combine(a[0], a[1], a[2], a[3], aOffset, f.c2(), f.c1(), f.c0(), t3, block[9], 0, count);
        combine(a[0], a[1], a[2], a[3], aOffset, f.c3(), f.c2(), f.c1(), f.c0(), block[10], 0, count);
    }

    private static void triple(int[] a, int[] out, int count) {
        for (int i = 0; i < count; i += LANES) {
            IntVector x = IntVector.fromArray(S, a, i);
            IntVector y = x.add(x);
            y = y.lanewise(VectorOperators.UMIN, y.sub(P)).add(x);
            y.lanewise(VectorOperators.UMIN, y.sub(P)).intoArray(out, i);
        }
    }

    /** out = a0 b0 + a1 b1 + a2 b2 + a3 b3. */
    private static void dot(
            int[] a0,
            int[] a1,
            int[] a2,
            int[] a3,
            int aOffset,
            int[] b0,
            int[] b1,
            int[] b2,
            int[] b3,
            int[] out,
            int count) {
        for (int i = 0; i < count; i += LANES) {
            LongVector x0 = IntVector.fromArray(S, a0, aOffset + i).reinterpretAsLongs();
            LongVector y0 = IntVector.fromArray(S, b0, i).reinterpretAsLongs();
            LongVector x1 = IntVector.fromArray(S, a1, aOffset + i).reinterpretAsLongs();
            LongVector y1 = IntVector.fromArray(S, b1, i).reinterpretAsLongs();
            LongVector x2 = IntVector.fromArray(S, a2, aOffset + i).reinterpretAsLongs();
            LongVector y2 = IntVector.fromArray(S, b2, i).reinterpretAsLongs();
            LongVector x3 = IntVector.fromArray(S, a3, aOffset + i).reinterpretAsLongs();
            LongVector y3 = IntVector.fromArray(S, b3, i).reinterpretAsLongs();
            LongVector even = x0.and(LOW)
                    .mul(y0.and(LOW))
                    .add(x1.and(LOW).mul(y1.and(LOW)))
                    .add(x2.and(LOW).mul(y2.and(LOW)))
                    .add(x3.and(LOW).mul(y3.and(LOW)));
            LongVector odd = x0.lanewise(VectorOperators.LSHR, 32)
                    .mul(y0.lanewise(VectorOperators.LSHR, 32))
                    .add(x1.lanewise(VectorOperators.LSHR, 32).mul(y1.lanewise(VectorOperators.LSHR, 32)))
                    .add(x2.lanewise(VectorOperators.LSHR, 32).mul(y2.lanewise(VectorOperators.LSHR, 32)))
                    .add(x3.lanewise(VectorOperators.LSHR, 32).mul(y3.lanewise(VectorOperators.LSHR, 32)));
            IntVector low =
                    even.and(LOW).or(odd.lanewise(VectorOperators.LSHL, 32)).reinterpretAsInts();
            IntVector high =
                    even.lanewise(VectorOperators.LSHR, 32).or(odd.and(~LOW)).reinterpretAsInts();
            high = high.lanewise(VectorOperators.UMIN, high.sub(P));
            LongVector q = low.add(low.lanewise(VectorOperators.LSHL, 24))
                    .add(low.lanewise(VectorOperators.LSHL, 31))
                    .reinterpretAsLongs();
            even = q.and(LOW).mul(P).lanewise(VectorOperators.LSHR, 32);
            odd = q.lanewise(VectorOperators.LSHR, 32).mul(P).and(~LOW);
            IntVector sum = high.sub(even.or(odd).reinterpretAsInts());
            sum = sum.lanewise(VectorOperators.UMIN, sum.add(P));
            sum.intoArray(out, i);
        }
    }

    /** out = out + a0 f0 + a1 f1 + a2 f2 + a3 f3. */
    private static void combine(
            int[] a0,
            int[] a1,
            int[] a2,
            int[] a3,
            int aOffset,
            int f0,
            int f1,
            int f2,
            int f3,
            int[] out,
            int outOffset,
            int count) {
        LongVector y0 = IntVector.broadcast(S, f0).reinterpretAsLongs().and(LOW);
        LongVector y1 = IntVector.broadcast(S, f1).reinterpretAsLongs().and(LOW);
        LongVector y2 = IntVector.broadcast(S, f2).reinterpretAsLongs().and(LOW);
        LongVector y3 = IntVector.broadcast(S, f3).reinterpretAsLongs().and(LOW);
        for (int i = 0; i < count; i += LANES) {
            LongVector x0 = IntVector.fromArray(S, a0, aOffset + i).reinterpretAsLongs();
            LongVector x1 = IntVector.fromArray(S, a1, aOffset + i).reinterpretAsLongs();
            LongVector x2 = IntVector.fromArray(S, a2, aOffset + i).reinterpretAsLongs();
            LongVector x3 = IntVector.fromArray(S, a3, aOffset + i).reinterpretAsLongs();
            LongVector even = x0.and(LOW)
                    .mul(y0)
                    .add(x1.and(LOW).mul(y1))
                    .add(x2.and(LOW).mul(y2))
                    .add(x3.and(LOW).mul(y3));
            LongVector odd = x0.lanewise(VectorOperators.LSHR, 32)
                    .mul(y0)
                    .add(x1.lanewise(VectorOperators.LSHR, 32).mul(y1))
                    .add(x2.lanewise(VectorOperators.LSHR, 32).mul(y2))
                    .add(x3.lanewise(VectorOperators.LSHR, 32).mul(y3));
            IntVector low =
                    even.and(LOW).or(odd.lanewise(VectorOperators.LSHL, 32)).reinterpretAsInts();
            IntVector high =
                    even.lanewise(VectorOperators.LSHR, 32).or(odd.and(~LOW)).reinterpretAsInts();
            high = high.lanewise(VectorOperators.UMIN, high.sub(P));
            LongVector q = low.add(low.lanewise(VectorOperators.LSHL, 24))
                    .add(low.lanewise(VectorOperators.LSHL, 31))
                    .reinterpretAsLongs();
            even = q.and(LOW).mul(P).lanewise(VectorOperators.LSHR, 32);
            odd = q.lanewise(VectorOperators.LSHR, 32).mul(P).and(~LOW);
            IntVector sum = high.sub(even.or(odd).reinterpretAsInts());
            sum = sum.lanewise(VectorOperators.UMIN, sum.add(P));
            sum = sum.add(IntVector.fromArray(S, out, outOffset + i));
            sum.lanewise(VectorOperators.UMIN, sum.sub(P)).intoArray(out, outOffset + i);
        }
    }
}
