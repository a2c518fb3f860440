package dev.thimble.field.vector;

import dev.thimble.field.KoalaBear;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Inverses by Montgomery's trick, one chain of products per lane. */
final class VectorInverses {
    private static final VectorSpecies<Integer> S = IntVector.SPECIES_256;
    private static final int LANES = VectorFieldKernels.LANES;
    private static final int P = KoalaBear.P;
    private static final long LOW = 0xFFFFFFFFL;
    private static final int BLOCK = 2048;

    /** Per thread: the products of the vectors before each vector of a block, and of all of them. */
    private static final ThreadLocal<int[]> PREFIXES = ThreadLocal.withInitial(() -> new int[BLOCK + LANES]);

    private VectorInverses() {}

    /** Inverts the largest multiple of eight elements and returns it. */
    static int batchInverse(int[] a, int aOffset, int[] out, int outOffset, int length) {
        int end = length & -LANES;
        int[] prefixes = PREFIXES.get();
        for (int i = 0; i < end; i += BLOCK) {
            int count = Math.min(BLOCK, end - i);
            prefixes(a, aOffset + i, prefixes, count);
            for (int lane = count; lane < count + LANES; lane++) {
                if (prefixes[lane] == 0) {
                    requireNonZero(a, aOffset, i, i + count);
                }
                prefixes[lane] = KoalaBear.inverse(prefixes[lane]);
            }
            inverses(a, aOffset + i, prefixes, out, outOffset + i, count);
        }
        return end;
    }

    /** Throws IllegalArgumentException if an element of [from, to) is 0. */
    static void requireNonZero(int[] a, int aOffset, int from, int to) {
        for (int i = from; i < to; i++) {
            if (a[aOffset + i] == 0) {
                throw new IllegalArgumentException("element " + i + " is 0 and has no inverse");
            }
        }
    }

    private static void prefixes(int[] a, int aOffset, int[] prefixes, int count) {
        IntVector x = IntVector.broadcast(S, KoalaBear.ONE);
        for (int i = 0; i < count; i += LANES) {
            x.intoArray(prefixes, i);
            IntVector y = IntVector.fromArray(S, a, aOffset + i);
            LongVector xs = x.reinterpretAsLongs();
            LongVector ys = y.reinterpretAsLongs();
            IntVector low = x.mul(y);
            LongVector q = low.add(low.lanewise(VectorOperators.LSHL, 24))
                    .add(low.lanewise(VectorOperators.LSHL, 31))
                    .reinterpretAsLongs();
            LongVector even =
                    xs.and(LOW).mul(ys.and(LOW)).sub(q.and(LOW).mul(P)).lanewise(VectorOperators.LSHR, 32);
            LongVector odd = xs.lanewise(VectorOperators.LSHR, 32)
                    .mul(ys.lanewise(VectorOperators.LSHR, 32))
                    .sub(q.lanewise(VectorOperators.LSHR, 32).mul(P));
            IntVector product = even.or(odd).reinterpretAsInts();
            product = product.lanewise(VectorOperators.UMIN, product.add(P));
            x = product;
        }
        x.intoArray(prefixes, count);
    }

    /** Walks back from the inverse of the whole product: times the prefix it is an inverse, times the element a suffix. */
    private static void inverses(int[] a, int aOffset, int[] prefixes, int[] out, int outOffset, int count) {
        IntVector x = IntVector.fromArray(S, prefixes, count);
        for (int i = count - LANES; i >= 0; i -= LANES) {
            IntVector y = IntVector.fromArray(S, prefixes, i);
            IntVector z = IntVector.fromArray(S, a, aOffset + i);
            LongVector xs = x.reinterpretAsLongs();
            LongVector ys = y.reinterpretAsLongs();
            IntVector low = x.mul(y);
            LongVector q = low.add(low.lanewise(VectorOperators.LSHL, 24))
                    .add(low.lanewise(VectorOperators.LSHL, 31))
                    .reinterpretAsLongs();
            LongVector even =
                    xs.and(LOW).mul(ys.and(LOW)).sub(q.and(LOW).mul(P)).lanewise(VectorOperators.LSHR, 32);
            LongVector odd = xs.lanewise(VectorOperators.LSHR, 32)
                    .mul(ys.lanewise(VectorOperators.LSHR, 32))
                    .sub(q.lanewise(VectorOperators.LSHR, 32).mul(P));
            IntVector inverse = even.or(odd).reinterpretAsInts();
            inverse = inverse.lanewise(VectorOperators.UMIN, inverse.add(P));
            LongVector us = x.reinterpretAsLongs();
            LongVector zs = z.reinterpretAsLongs();
            IntVector base = x.mul(z);
            LongVector r = base.add(base.lanewise(VectorOperators.LSHL, 24))
                    .add(base.lanewise(VectorOperators.LSHL, 31))
                    .reinterpretAsLongs();
            LongVector evens =
                    us.and(LOW).mul(zs.and(LOW)).sub(r.and(LOW).mul(P)).lanewise(VectorOperators.LSHR, 32);
            LongVector odds = us.lanewise(VectorOperators.LSHR, 32)
                    .mul(zs.lanewise(VectorOperators.LSHR, 32))
                    .sub(r.lanewise(VectorOperators.LSHR, 32).mul(P));
            IntVector suffix = evens.or(odds).reinterpretAsInts();
            suffix = suffix.lanewise(VectorOperators.UMIN, suffix.add(P));
            inverse.intoArray(out, outOffset + i);
            x = suffix;
        }
    }
}
