package dev.thimble.field.vector;

import dev.thimble.field.KoalaBear;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Sums and differences. Every method returns how many elements it has done: the largest multiple of eight. */
final class VectorSums {
    private static final VectorSpecies<Integer> S = IntVector.SPECIES_256;
    private static final int LANES = VectorFieldKernels.LANES;
    private static final int P = KoalaBear.P;

    private VectorSums() {}

    static int add(int[] a, int aOffset, int[] b, int bOffset, int[] out, int outOffset, int length) {
        int end = length & -LANES;
        for (int i = 0; i < end; i += LANES) {
            IntVector sum = IntVector.fromArray(S, a, aOffset + i).add(IntVector.fromArray(S, b, bOffset + i));
            sum.lanewise(VectorOperators.UMIN, sum.sub(P)).intoArray(out, outOffset + i);
        }
        return end;
    }

    static int sub(int[] a, int aOffset, int[] b, int bOffset, int[] out, int outOffset, int length) {
        int end = length & -LANES;
        for (int i = 0; i < end; i += LANES) {
            IntVector difference = IntVector.fromArray(S, a, aOffset + i).sub(IntVector.fromArray(S, b, bOffset + i));
            difference.lanewise(VectorOperators.UMIN, difference.add(P)).intoArray(out, outOffset + i);
        }
        return end;
    }

    static int addConstant(int[] a, int aOffset, int constant, int[] out, int outOffset, int length) {
        int end = length & -LANES;
        for (int i = 0; i < end; i += LANES) {
            IntVector sum = IntVector.fromArray(S, a, aOffset + i).add(constant);
            sum.lanewise(VectorOperators.UMIN, sum.sub(P)).intoArray(out, outOffset + i);
        }
        return end;
    }

    static int subFromConstant(int constant, int[] a, int aOffset, int[] out, int outOffset, int length) {
        int end = length & -LANES;
        IntVector minuend = IntVector.broadcast(S, constant);
        for (int i = 0; i < end; i += LANES) {
            IntVector difference = minuend.sub(IntVector.fromArray(S, a, aOffset + i));
            difference.lanewise(VectorOperators.UMIN, difference.add(P)).intoArray(out, outOffset + i);
        }
        return end;
    }
}
