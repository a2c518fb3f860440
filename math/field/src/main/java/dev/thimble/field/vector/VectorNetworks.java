package dev.thimble.field.vector;

import dev.thimble.field.KoalaBear;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The butterfly networks of the number-theoretic transform. Blocks above 2^14 elements are done depth first, so that the
 * lower levels stay in the cache. Levels whose butterflies lie within one vector add to each vector a copy with the
 * halves exchanged, one half negated.
 */
final class VectorNetworks {
    private static final VectorSpecies<Integer> S = IntVector.SPECIES_256;
    private static final int LANES = VectorFieldKernels.LANES;
    private static final int P = KoalaBear.P;
    private static final long LOW = 0xFFFFFFFFL;
    private static final int CACHED = 1 << 14;

    private static final VectorShuffle<Integer> SWAP_1 = VectorShuffle.fromValues(S, 1, 0, 3, 2, 5, 4, 7, 6);
    private static final VectorShuffle<Integer> SWAP_2 = VectorShuffle.fromValues(S, 2, 3, 0, 1, 6, 7, 4, 5);
    private static final VectorShuffle<Integer> SWAP_4 = VectorShuffle.fromValues(S, 4, 5, 6, 7, 0, 1, 2, 3);
    private static final int[] SIGN_1 = {0, -1, 0, -1, 0, -1, 0, -1};
    private static final int[] SIGN_2 = {0, 0, -1, -1, 0, 0, -1, -1};
    private static final int[] SIGN_4 = {0, 0, 0, 0, -1, -1, -1, -1};
    private static final int[] LAST_OF_4 = {0, 0, 0, -1, 0, 0, 0, -1};

    private VectorNetworks() {}

    /** Decimation in frequency on values[offset, offset + size), size a power of two of at least eight. */
    static void dif(int[] values, int offset, int size, int[] twiddles) {
        if (size > CACHED) {
            difBlock(values, offset, size >> 1, twiddles);
            dif(values, offset, size >> 1, twiddles);
            dif(values, offset + (size >> 1), size >> 1, twiddles);
            return;
        }
        for (int half = size >> 1; half >= LANES; half >>= 1) {
            for (int block = 0; block < size; block += 2 * half) {
                difBlock(values, offset + block, half, twiddles);
            }
        }
        dif4(values, offset, size, twiddles);
        dif2(values, offset, size, twiddles);
        exchange1(values, offset, size);
    }

    /** Decimation in time, from the level with butterflies of distance {@code first} on. */
    static void dit(int[] values, int offset, int size, int first, int[] twiddles) {
        if (first >= size) {
            return;
        }
        if (size > CACHED) {
            dit(values, offset, size >> 1, first, twiddles);
            dit(values, offset + (size >> 1), size >> 1, first, twiddles);
            ditBlock(values, offset, size >> 1, twiddles);
            return;
        }
        if (first == 1) {
            exchange1(values, offset, size);
        }
        if (first <= 2) {
            dit2(values, offset, size, twiddles);
        }
        if (first <= 4) {
            dit4(values, offset, size, twiddles);
        }
        for (int half = Math.max(first, LANES); half < size; half <<= 1) {
            for (int block = 0; block < size; block += 2 * half) {
                ditBlock(values, offset + block, half, twiddles);
            }
        }
    }

    private static void difBlock(int[] values, int offset, int half, int[] twiddles) {
        for (int i = 0; i < half; i += LANES) {
            IntVector low0 = IntVector.fromArray(S, values, offset + i);
            IntVector high0 = IntVector.fromArray(S, values, offset + half + i);
            IntVector y = IntVector.fromArray(S, twiddles, half + i);
            IntVector sum = low0.add(high0);
            sum.lanewise(VectorOperators.UMIN, sum.sub(P)).intoArray(values, offset + i);
            IntVector x = low0.sub(high0);
            x = x.lanewise(VectorOperators.UMIN, x.add(P));
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
            product.intoArray(values, offset + half + i);
        }
    }

    private static void ditBlock(int[] values, int offset, int half, int[] twiddles) {
        for (int i = 0; i < half; i += LANES) {
            IntVector x = IntVector.fromArray(S, values, offset + half + i);
            IntVector y = IntVector.fromArray(S, twiddles, half + i);
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
            IntVector first = IntVector.fromArray(S, values, offset + i);
            IntVector sum = first.add(product);
            sum.lanewise(VectorOperators.UMIN, sum.sub(P)).intoArray(values, offset + i);
            IntVector difference = first.sub(product);
            difference.lanewise(VectorOperators.UMIN, difference.add(P)).intoArray(values, offset + half + i);
        }
    }

    private static void exchange1(int[] values, int offset, int size) {
        IntVector sign = IntVector.fromArray(S, SIGN_1, 0);
        IntVector signedP = sign.and(P).sub(sign);
        for (int i = offset; i < offset + size; i += LANES) {
            IntVector value = IntVector.fromArray(S, values, i);
            IntVector sum =
                    value.lanewise(VectorOperators.XOR, sign).add(signedP).add(value.rearrange(SWAP_1));
            sum.lanewise(VectorOperators.UMIN, sum.sub(P)).intoArray(values, i);
        }
    }

    private static void dif2(int[] values, int offset, int size, int[] twiddles) {
        IntVector sign = IntVector.fromArray(S, SIGN_2, 0);
        IntVector signedP = sign.and(P).sub(sign);
        IntVector last = IntVector.fromArray(S, LAST_OF_4, 0);
        IntVector y = last.and(twiddles[3]).or(last.not().and(KoalaBear.ONE));
        for (int i = offset; i < offset + size; i += LANES) {
            IntVector value = IntVector.fromArray(S, values, i);
            IntVector x = value.lanewise(VectorOperators.XOR, sign).add(signedP).add(value.rearrange(SWAP_2));
            x = x.lanewise(VectorOperators.UMIN, x.sub(P));
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
            product.intoArray(values, i);
        }
    }

    private static void dit2(int[] values, int offset, int size, int[] twiddles) {
        IntVector sign = IntVector.fromArray(S, SIGN_2, 0);
        IntVector signedP = sign.and(P).sub(sign);
        IntVector last = IntVector.fromArray(S, LAST_OF_4, 0);
        IntVector y = last.and(twiddles[3]).or(last.not().and(KoalaBear.ONE));
        for (int i = offset; i < offset + size; i += LANES) {
            IntVector x = IntVector.fromArray(S, values, i);
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
            IntVector sum =
                    product.lanewise(VectorOperators.XOR, sign).add(signedP).add(product.rearrange(SWAP_2));
            sum.lanewise(VectorOperators.UMIN, sum.sub(P)).intoArray(values, i);
        }
    }

    private static void dif4(int[] values, int offset, int size, int[] twiddles) {
        IntVector sign = IntVector.fromArray(S, SIGN_4, 0);
        IntVector signedP = sign.and(P).sub(sign);
        IntVector y =
                IntVector.fromArray(S, twiddles, 0).and(sign).or(sign.not().and(KoalaBear.ONE));
        for (int i = offset; i < offset + size; i += LANES) {
            IntVector value = IntVector.fromArray(S, values, i);
            IntVector x = value.lanewise(VectorOperators.XOR, sign).add(signedP).add(value.rearrange(SWAP_4));
            x = x.lanewise(VectorOperators.UMIN, x.sub(P));
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
            product.intoArray(values, i);
        }
    }

    private static void dit4(int[] values, int offset, int size, int[] twiddles) {
        IntVector sign = IntVector.fromArray(S, SIGN_4, 0);
        IntVector signedP = sign.and(P).sub(sign);
        IntVector y =
                IntVector.fromArray(S, twiddles, 0).and(sign).or(sign.not().and(KoalaBear.ONE));
        for (int i = offset; i < offset + size; i += LANES) {
            IntVector x = IntVector.fromArray(S, values, i);
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
            IntVector sum =
                    product.lanewise(VectorOperators.XOR, sign).add(signedP).add(product.rearrange(SWAP_4));
            sum.lanewise(VectorOperators.UMIN, sum.sub(P)).intoArray(values, i);
        }
    }
}
