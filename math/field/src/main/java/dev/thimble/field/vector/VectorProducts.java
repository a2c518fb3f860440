package dev.thimble.field.vector;

import dev.thimble.field.KoalaBear;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Products. Methods that return an int return how many elements they have done: the largest multiple of eight. */
final class VectorProducts {
    /** 2^64 modulo p: a Montgomery product with it gives the Montgomery form. */
    static final int R_SQUARED = 402124772;

    /** What the length given to {@link #dot} must be a multiple of. */
    static final int DOT_STEP = 16;

    private static final VectorSpecies<Integer> S = IntVector.SPECIES_256;
    private static final int LANES = VectorFieldKernels.LANES;
    private static final int P = KoalaBear.P;
    private static final long LOW = 0xFFFFFFFFL;

    private VectorProducts() {}

    static int mul(int[] a, int aOffset, int[] b, int bOffset, int[] out, int outOffset, int length) {
        int end = length & -LANES;
        for (int i = 0; i < end; i += LANES) {
            IntVector x = IntVector.fromArray(S, a, aOffset + i);
            IntVector y = IntVector.fromArray(S, b, bOffset + i);
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
            product.intoArray(out, outOffset + i);
        }
        return end;
    }

    static int mulAdd(int[] a, int aOffset, int[] b, int bOffset, int[] out, int outOffset, int length) {
        int end = length & -LANES;
        for (int i = 0; i < end; i += LANES) {
            IntVector x = IntVector.fromArray(S, a, aOffset + i);
            IntVector y = IntVector.fromArray(S, b, bOffset + i);
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
            product = product.add(IntVector.fromArray(S, out, outOffset + i));
            product.lanewise(VectorOperators.UMIN, product.sub(P)).intoArray(out, outOffset + i);
        }
        return end;
    }

    static int scale(int[] a, int aOffset, int factor, int[] out, int outOffset, int length) {
        int end = length & -LANES;
        IntVector factorMu = IntVector.broadcast(S, factor * KoalaBear.MU);
        LongVector factors = IntVector.broadcast(S, factor).reinterpretAsLongs().and(LOW);
        for (int i = 0; i < end; i += LANES) {
            IntVector x = IntVector.fromArray(S, a, aOffset + i);
            LongVector xs = x.reinterpretAsLongs();
            LongVector q = x.mul(factorMu).reinterpretAsLongs();
            LongVector even = xs.and(LOW).mul(factors).sub(q.and(LOW).mul(P)).lanewise(VectorOperators.LSHR, 32);
            LongVector odd = xs.lanewise(VectorOperators.LSHR, 32)
                    .mul(factors)
                    .sub(q.lanewise(VectorOperators.LSHR, 32).mul(P));
            IntVector product = even.or(odd).reinterpretAsInts();
            product = product.lanewise(VectorOperators.UMIN, product.add(P));
            product.intoArray(out, outOffset + i);
        }
        return end;
    }

    static int scaleAdd(int[] a, int aOffset, int factor, int[] out, int outOffset, int length) {
        int end = length & -LANES;
        IntVector factorMu = IntVector.broadcast(S, factor * KoalaBear.MU);
        LongVector factors = IntVector.broadcast(S, factor).reinterpretAsLongs().and(LOW);
        for (int i = 0; i < end; i += LANES) {
            IntVector x = IntVector.fromArray(S, a, aOffset + i);
            LongVector xs = x.reinterpretAsLongs();
            LongVector q = x.mul(factorMu).reinterpretAsLongs();
            LongVector even = xs.and(LOW).mul(factors).sub(q.and(LOW).mul(P)).lanewise(VectorOperators.LSHR, 32);
            LongVector odd = xs.lanewise(VectorOperators.LSHR, 32)
                    .mul(factors)
                    .sub(q.lanewise(VectorOperators.LSHR, 32).mul(P));
            IntVector product = even.or(odd).reinterpretAsInts();
            product = product.lanewise(VectorOperators.UMIN, product.add(P));
            product = product.add(IntVector.fromArray(S, out, outOffset + i));
            product.lanewise(VectorOperators.UMIN, product.sub(P)).intoArray(out, outOffset + i);
        }
        return end;
    }

    /** The Montgomery product with 1: its 64-bit product is the element itself, so only -q p is left. */
    static int fromMontgomery(int[] a, int aOffset, int[] out, int outOffset, int length) {
        int end = length & -LANES;
        for (int i = 0; i < end; i += LANES) {
            IntVector x = IntVector.fromArray(S, a, aOffset + i);
            LongVector q = x.add(x.lanewise(VectorOperators.LSHL, 24))
                    .add(x.lanewise(VectorOperators.LSHL, 31))
                    .reinterpretAsLongs();
            LongVector even = q.and(LOW).mul(P).lanewise(VectorOperators.LSHR, 32);
            LongVector odd = q.lanewise(VectorOperators.LSHR, 32).mul(P).and(~LOW);
            IntVector value = even.or(odd).reinterpretAsInts().neg();
            value.lanewise(VectorOperators.UMIN, value.add(P)).intoArray(out, outOffset + i);
        }
        return end;
    }

    /** Tells whether the elements are in [0, p), but for those after the largest multiple of eight. */
    static boolean canonical(int[] a, int aOffset, int length) {
        int end = length & -LANES;
        IntVector signs = IntVector.zero(S);
        for (int i = 0; i < end; i += LANES) {
            IntVector x = IntVector.fromArray(S, a, aOffset + i);
            signs = signs.or(x).or(x.neg().add(P - 1));
        }
        return signs.reduceLanes(VectorOperators.OR) >= 0;
    }

    /**
     * Returns the sum of a[i] * b[i]. Four products fit into 64 unsigned bits; the halves of such sums are added apart
     * and reduced once at the end.
     */
    static int dot(int[] a, int aOffset, int[] b, int bOffset, int length) {
        LongVector lows = LongVector.zero(LongVector.SPECIES_256);
        LongVector highs = LongVector.zero(LongVector.SPECIES_256);
        for (int i = 0; i < length; i += DOT_STEP) {
            LongVector x = IntVector.fromArray(S, a, aOffset + i).reinterpretAsLongs();
            LongVector y = IntVector.fromArray(S, b, bOffset + i).reinterpretAsLongs();
            LongVector sum = x.and(LOW).mul(y.and(LOW));
            sum = sum.add(x.lanewise(VectorOperators.LSHR, 32).mul(y.lanewise(VectorOperators.LSHR, 32)));
            x = IntVector.fromArray(S, a, aOffset + i + LANES).reinterpretAsLongs();
            y = IntVector.fromArray(S, b, bOffset + i + LANES).reinterpretAsLongs();
            sum = sum.add(x.and(LOW).mul(y.and(LOW)));
            sum = sum.add(x.lanewise(VectorOperators.LSHR, 32).mul(y.lanewise(VectorOperators.LSHR, 32)));
            lows = lows.add(sum.and(LOW));
            highs = highs.add(sum.lanewise(VectorOperators.LSHR, 32));
        }
        int low = (int) Long.remainderUnsigned(lows.reduceLanes(VectorOperators.ADD), P);
        int high = (int) Long.remainderUnsigned(highs.reduceLanes(VectorOperators.ADD), P);
        return KoalaBear.add(KoalaBear.reduce(low), high);
    }
}
