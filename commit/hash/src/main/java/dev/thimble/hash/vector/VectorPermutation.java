package dev.thimble.hash.vector;

import dev.thimble.field.KoalaBear;
import dev.thimble.hash.Poseidon2Parameters;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Eight Poseidon2 permutations at once, one per lane: element j of permutation i is at state[8j + i].
 *
 * <p>Sums are reduced by the smaller, as unsigned integers, of s and s - p. A Montgomery product takes the products of
 * the even and of the odd lanes in 64 bits; the low halves of product and q p are equal, so their difference is exact.
 * The factor mu = 2^31 + 2^24 + 1 and the powers 1/2^k = -127 * 2^(24 - k) take shifts in place of multiplications.
 */
final class VectorPermutation {
    static final int LANES = 8;

    private static final VectorSpecies<Integer> S = IntVector.SPECIES_256;
    private static final int WIDTH = 16;
    private static final int P = KoalaBear.P;
    private static final long LOW = 0xFFFFFFFFL;
    private static final int HALF = (P + 1) >>> 1;

    private final int[] initial;
    private final int[] internal;
    private final int[] last;

    VectorPermutation(Poseidon2Parameters parameters) {
        this.initial = parameters.initialConstants();
        this.internal = parameters.internalConstants();
        this.last = parameters.finalConstants();
    }

    /** Permutes the eight states of state[0, 128) in place. */
    void permute(int[] state) {
        circulants(state);
        columnSums(state);
        external(state, initial);
        for (int constant : internal) {
            sumAfterCube(state, constant);
            diagonalLow(state);
            diagonalMiddle(state);
            diagonalHigh(state);
        }
        external(state, last);
    }

    private static void external(int[] state, int[] constants) {
        for (int round = 0; round < constants.length; round += WIDTH) {
            cubes(state, constants, round);
            circulants(state);
            columnSums(state);
        }
    }

    /** Adds a constant to each element and cubes it. */
    private static void cubes(int[] state, int[] constants, int round) {
        for (int j = 0; j < WIDTH; j++) {
            IntVector x = IntVector.fromArray(S, state, j * LANES).add(constants[round + j]);
            x = x.lanewise(VectorOperators.UMIN, x.sub(P));
            IntVector xMu = x.add(x.lanewise(VectorOperators.LSHL, 24)).add(x.lanewise(VectorOperators.LSHL, 31));
            LongVector even = x.reinterpretAsLongs().and(LOW);
            LongVector odd = x.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 32);
            LongVector q = x.mul(xMu).reinterpretAsLongs();
            LongVector low = even.mul(even).sub(q.and(LOW).mul(P)).lanewise(VectorOperators.LSHR, 32);
            LongVector high =
                    odd.mul(odd).sub(q.lanewise(VectorOperators.LSHR, 32).mul(P));
            IntVector square = low.or(high).reinterpretAsInts();
            square = square.lanewise(VectorOperators.UMIN, square.add(P));
            q = square.mul(xMu).reinterpretAsLongs();
            low = square.reinterpretAsLongs()
                    .and(LOW)
                    .mul(even)
                    .sub(q.and(LOW).mul(P))
                    .lanewise(VectorOperators.LSHR, 32);
            high = square.reinterpretAsLongs()
                    .lanewise(VectorOperators.LSHR, 32)
                    .mul(odd)
                    .sub(q.lanewise(VectorOperators.LSHR, 32).mul(P));
            IntVector cube = low.or(high).reinterpretAsInts();
            cube.lanewise(VectorOperators.UMIN, cube.add(P)).intoArray(state, j * LANES);
        }
    }

    /** Multiplies each group of four elements by circ(2, 3, 1, 1). */
    private static void circulants(int[] state) {
        for (int j = 0; j < WIDTH * LANES; j += 4 * LANES) {
            IntVector x0 = IntVector.fromArray(S, state, j);
            IntVector x1 = IntVector.fromArray(S, state, j + LANES);
            IntVector x2 = IntVector.fromArray(S, state, j + 2 * LANES);
            IntVector x3 = IntVector.fromArray(S, state, j + 3 * LANES);
            IntVector x01 = x0.add(x1);
            x01 = x01.lanewise(VectorOperators.UMIN, x01.sub(P));
            IntVector x23 = x2.add(x3);
            x23 = x23.lanewise(VectorOperators.UMIN, x23.sub(P));
            IntVector sum = x01.add(x23);
            sum = sum.lanewise(VectorOperators.UMIN, sum.sub(P));
            IntVector sum1 = sum.add(x1);
            sum1 = sum1.lanewise(VectorOperators.UMIN, sum1.sub(P));
            IntVector sum3 = sum.add(x3);
            sum3 = sum3.lanewise(VectorOperators.UMIN, sum3.sub(P));
            IntVector y0 = sum1.add(x01);
            y0.lanewise(VectorOperators.UMIN, y0.sub(P)).intoArray(state, j);
            IntVector y1 = x2.add(x2);
            y1 = y1.lanewise(VectorOperators.UMIN, y1.sub(P)).add(sum1);
            y1.lanewise(VectorOperators.UMIN, y1.sub(P)).intoArray(state, j + LANES);
            IntVector y2 = sum3.add(x23);
            y2.lanewise(VectorOperators.UMIN, y2.sub(P)).intoArray(state, j + 2 * LANES);
            IntVector y3 = x0.add(x0);
            y3 = y3.lanewise(VectorOperators.UMIN, y3.sub(P)).add(sum3);
            y3.lanewise(VectorOperators.UMIN, y3.sub(P)).intoArray(state, j + 3 * LANES);
        }
    }

    /** Adds to each element the sum of the elements at the same place of the four groups. */
    private static void columnSums(int[] state) {
        for (int j = 0; j < 4 * LANES; j += LANES) {
            IntVector x0 = IntVector.fromArray(S, state, j);
            IntVector x1 = IntVector.fromArray(S, state, j + 4 * LANES);
            IntVector x2 = IntVector.fromArray(S, state, j + 8 * LANES);
            IntVector x3 = IntVector.fromArray(S, state, j + 12 * LANES);
            IntVector x01 = x0.add(x1);
            x01 = x01.lanewise(VectorOperators.UMIN, x01.sub(P));
            IntVector x23 = x2.add(x3);
            x23 = x23.lanewise(VectorOperators.UMIN, x23.sub(P));
            IntVector sum = x01.add(x23);
            sum = sum.lanewise(VectorOperators.UMIN, sum.sub(P));
            IntVector y = x0.add(sum);
            y.lanewise(VectorOperators.UMIN, y.sub(P)).intoArray(state, j);
            y = x1.add(sum);
            y.lanewise(VectorOperators.UMIN, y.sub(P)).intoArray(state, j + 4 * LANES);
            y = x2.add(sum);
            y.lanewise(VectorOperators.UMIN, y.sub(P)).intoArray(state, j + 8 * LANES);
            y = x3.add(sum);
            y.lanewise(VectorOperators.UMIN, y.sub(P)).intoArray(state, j + 12 * LANES);
        }
    }

    /** Adds the constant to element 0 and cubes it; writes the sum of all elements behind the state. */
    private static void sumAfterCube(int[] state, int constant) {
        IntVector x = IntVector.fromArray(S, state, 0).add(constant);
        x = x.lanewise(VectorOperators.UMIN, x.sub(P));
        IntVector xMu = x.add(x.lanewise(VectorOperators.LSHL, 24)).add(x.lanewise(VectorOperators.LSHL, 31));
        LongVector even = x.reinterpretAsLongs().and(LOW);
        LongVector odd = x.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 32);
        LongVector q = x.mul(xMu).reinterpretAsLongs();
        LongVector low = even.mul(even).sub(q.and(LOW).mul(P)).lanewise(VectorOperators.LSHR, 32);
        LongVector high = odd.mul(odd).sub(q.lanewise(VectorOperators.LSHR, 32).mul(P));
        IntVector square = low.or(high).reinterpretAsInts();
        square = square.lanewise(VectorOperators.UMIN, square.add(P));
        q = square.mul(xMu).reinterpretAsLongs();
        low = square.reinterpretAsLongs()
                .and(LOW)
                .mul(even)
                .sub(q.and(LOW).mul(P))
                .lanewise(VectorOperators.LSHR, 32);
        high = square.reinterpretAsLongs()
                .lanewise(VectorOperators.LSHR, 32)
                .mul(odd)
                .sub(q.lanewise(VectorOperators.LSHR, 32).mul(P));
        IntVector sum0 = low.or(high).reinterpretAsInts();
        sum0 = sum0.lanewise(VectorOperators.UMIN, sum0.add(P));
        sum0.intoArray(state, 0);
        IntVector sum1 = IntVector.fromArray(S, state, LANES);
        IntVector sum2 = IntVector.fromArray(S, state, 2 * LANES);
        IntVector sum3 = IntVector.fromArray(S, state, 3 * LANES);
        for (int j = 4 * LANES; j < WIDTH * LANES; j += 4 * LANES) {
            sum0 = sum0.add(IntVector.fromArray(S, state, j));
            sum0 = sum0.lanewise(VectorOperators.UMIN, sum0.sub(P));
            sum1 = sum1.add(IntVector.fromArray(S, state, j + LANES));
            sum1 = sum1.lanewise(VectorOperators.UMIN, sum1.sub(P));
            sum2 = sum2.add(IntVector.fromArray(S, state, j + 2 * LANES));
            sum2 = sum2.lanewise(VectorOperators.UMIN, sum2.sub(P));
            sum3 = sum3.add(IntVector.fromArray(S, state, j + 3 * LANES));
            sum3 = sum3.lanewise(VectorOperators.UMIN, sum3.sub(P));
        }
        sum1 = sum1.add(sum2);
        sum1 = sum1.lanewise(VectorOperators.UMIN, sum1.sub(P));
        sum3 = sum3.add(sum1);
        sum3 = sum3.lanewise(VectorOperators.UMIN, sum3.sub(P));
        sum0 = sum0.add(sum3);
        sum0.lanewise(VectorOperators.UMIN, sum0.sub(P)).intoArray(state, WIDTH * LANES);
    }

    /** Elements 0 to 5: sum plus -2, 1, 2, 1/2, 3, 4 times the element. */
    private static void diagonalLow(int[] state) {
        IntVector sum = IntVector.fromArray(S, state, WIDTH * LANES);
        IntVector x = IntVector.fromArray(S, state, 0);
        IntVector y = sum.sub(x);
        y = y.lanewise(VectorOperators.UMIN, y.add(P)).sub(x);
        y.lanewise(VectorOperators.UMIN, y.add(P)).intoArray(state, 0);
        y = sum.add(IntVector.fromArray(S, state, LANES));
        y.lanewise(VectorOperators.UMIN, y.sub(P)).intoArray(state, LANES);
        x = IntVector.fromArray(S, state, 2 * LANES);
        y = sum.add(x);
        y = y.lanewise(VectorOperators.UMIN, y.sub(P)).add(x);
        y.lanewise(VectorOperators.UMIN, y.sub(P)).intoArray(state, 2 * LANES);
        x = IntVector.fromArray(S, state, 3 * LANES);
        y = x.and(1).neg().and(HALF).add(x.lanewise(VectorOperators.LSHR, 1)).add(sum);
        y.lanewise(VectorOperators.UMIN, y.sub(P)).intoArray(state, 3 * LANES);
        x = IntVector.fromArray(S, state, 4 * LANES);
        y = x.add(x);
        y = y.lanewise(VectorOperators.UMIN, y.sub(P)).add(x);
        y = y.lanewise(VectorOperators.UMIN, y.sub(P)).add(sum);
        y.lanewise(VectorOperators.UMIN, y.sub(P)).intoArray(state, 4 * LANES);
        x = IntVector.fromArray(S, state, 5 * LANES);
        y = x.add(x);
        y = y.lanewise(VectorOperators.UMIN, y.sub(P));
        y = y.add(y);
        y = y.lanewise(VectorOperators.UMIN, y.sub(P)).add(sum);
        y.lanewise(VectorOperators.UMIN, y.sub(P)).intoArray(state, 5 * LANES);
    }

    /** Elements 6 to 10: sum plus -1/2, -3, -4, 2^-8, 2^-3 times the element. */
    private static void diagonalMiddle(int[] state) {
        IntVector sum = IntVector.fromArray(S, state, WIDTH * LANES);
        IntVector x = IntVector.fromArray(S, state, 6 * LANES);
        IntVector y = sum.sub(x.and(1).neg().and(HALF).add(x.lanewise(VectorOperators.LSHR, 1)));
        y.lanewise(VectorOperators.UMIN, y.add(P)).intoArray(state, 6 * LANES);
        x = IntVector.fromArray(S, state, 7 * LANES);
        y = x.add(x);
        y = y.lanewise(VectorOperators.UMIN, y.sub(P)).add(x);
        y = sum.sub(y.lanewise(VectorOperators.UMIN, y.sub(P)));
        y.lanewise(VectorOperators.UMIN, y.add(P)).intoArray(state, 7 * LANES);
        x = IntVector.fromArray(S, state, 8 * LANES);
        y = x.add(x);
        y = y.lanewise(VectorOperators.UMIN, y.sub(P));
        y = y.add(y);
        y = sum.sub(y.lanewise(VectorOperators.UMIN, y.sub(P)));
        y.lanewise(VectorOperators.UMIN, y.add(P)).intoArray(state, 8 * LANES);
        x = IntVector.fromArray(S, state, 9 * LANES);
        IntVector low = x.and(0xFF);
        y = x.lanewise(VectorOperators.LSHR, 8)
                .add(low.lanewise(VectorOperators.LSHL, 16))
                .sub(low.lanewise(VectorOperators.LSHL, 23));
        y = y.lanewise(VectorOperators.UMIN, y.add(P)).add(sum);
        y.lanewise(VectorOperators.UMIN, y.sub(P)).intoArray(state, 9 * LANES);
        x = IntVector.fromArray(S, state, 10 * LANES);
        low = x.and(0x7);
        y = x.lanewise(VectorOperators.LSHR, 3)
                .add(low.lanewise(VectorOperators.LSHL, 21))
                .sub(low.lanewise(VectorOperators.LSHL, 28));
        y = y.lanewise(VectorOperators.UMIN, y.add(P)).add(sum);
        y.lanewise(VectorOperators.UMIN, y.sub(P)).intoArray(state, 10 * LANES);
    }

    /** Elements 11 to 15: sum plus 2^-24, -2^-8, -2^-3, -2^-4, -2^-24 times the element. */
    private static void diagonalHigh(int[] state) {
        IntVector sum = IntVector.fromArray(S, state, WIDTH * LANES);
        IntVector x = IntVector.fromArray(S, state, 11 * LANES);
        IntVector low = x.and(0xFFFFFF);
        IntVector y = x.lanewise(VectorOperators.LSHR, 24).add(low).sub(low.lanewise(VectorOperators.LSHL, 7));
        y = y.lanewise(VectorOperators.UMIN, y.add(P)).add(sum);
        y.lanewise(VectorOperators.UMIN, y.sub(P)).intoArray(state, 11 * LANES);
        x = IntVector.fromArray(S, state, 12 * LANES);
        low = x.and(0xFF);
        y = low.lanewise(VectorOperators.LSHL, 23)
                .sub(low.lanewise(VectorOperators.LSHL, 16))
                .sub(x.lanewise(VectorOperators.LSHR, 8));
        y = y.lanewise(VectorOperators.UMIN, y.add(P)).add(sum);
        y.lanewise(VectorOperators.UMIN, y.sub(P)).intoArray(state, 12 * LANES);
        x = IntVector.fromArray(S, state, 13 * LANES);
        low = x.and(0x7);
        y = low.lanewise(VectorOperators.LSHL, 28)
                .sub(low.lanewise(VectorOperators.LSHL, 21))
                .sub(x.lanewise(VectorOperators.LSHR, 3));
        y = y.lanewise(VectorOperators.UMIN, y.add(P)).add(sum);
        y.lanewise(VectorOperators.UMIN, y.sub(P)).intoArray(state, 13 * LANES);
        x = IntVector.fromArray(S, state, 14 * LANES);
        low = x.and(0xF);
        y = low.lanewise(VectorOperators.LSHL, 27)
                .sub(low.lanewise(VectorOperators.LSHL, 20))
                .sub(x.lanewise(VectorOperators.LSHR, 4));
        y = y.lanewise(VectorOperators.UMIN, y.add(P)).add(sum);
        y.lanewise(VectorOperators.UMIN, y.sub(P)).intoArray(state, 14 * LANES);
        x = IntVector.fromArray(S, state, 15 * LANES);
        low = x.and(0xFFFFFF);
        y = low.lanewise(VectorOperators.LSHL, 7).sub(low).sub(x.lanewise(VectorOperators.LSHR, 24));
        y = y.lanewise(VectorOperators.UMIN, y.add(P)).add(sum);
        y.lanewise(VectorOperators.UMIN, y.sub(P)).intoArray(state, 15 * LANES);
    }
}
