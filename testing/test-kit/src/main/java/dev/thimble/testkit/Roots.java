package dev.thimble.testkit;

import dev.thimble.field.KoalaBear;

/** Roots of polynomials of degree at most 2 over the base field; canonical integers. */
final class Roots {
    private static final long P = KoalaBear.P;
    private static final int TWO_ADICITY = KoalaBear.TWO_ADICITY;

    private Roots() {}

    /** The roots of the polynomial with values f0, f1, f2 at 0, 1, 2; none if it is constant. */
    static int[] ofQuadratic(int f0, int f1, int f2) {
        long half = (P + 1) / 2;
        long a = Math.floorMod((long) f2 - 2L * f1 + f0, P) * half % P;
        long b = Math.floorMod((long) f1 - f0 - a, P);
        if (a == 0) {
            return b == 0 ? new int[0] : new int[] {(int) times(P - f0, inverse(b))};
        }
        long discriminant = Math.floorMod(b * b % P - 4 * times(a, f0), P);
        if (discriminant != 0 && power(discriminant, (P - 1) / 2) != 1) {
            return new int[0];
        }
        long root = squareRoot(discriminant);
        long scale = inverse(2 * a % P);
        return new int[] {(int) times(P - b + root, scale), (int) times(2 * P - b - root, scale)};
    }

    /** A square root of a square: Tonelli and Shanks. */
    private static long squareRoot(long square) {
        if (square == 0) {
            return 0;
        }
        long odd = (P - 1) >> TWO_ADICITY;
        long generator = power(KoalaBear.toCanonical(KoalaBear.GENERATOR), odd);
        long root = power(square, (odd + 1) / 2);
        long rest = power(square, odd);
        for (int order = TWO_ADICITY - 1; order > 0; order--) {
            if (power(rest, 1L << (order - 1)) != 1) {
                root = times(root, generator);
                rest = times(rest, times(generator, generator));
            }
            generator = times(generator, generator);
        }
        return root;
    }

    private static long times(long x, long y) {
        return (x % P) * (y % P) % P;
    }

    private static long inverse(long x) {
        return power(x, P - 2);
    }

    private static long power(long base, long exponent) {
        long result = 1;
        long square = base % P;
        for (long e = exponent; e > 0; e >>= 1) {
            result = (e & 1) == 1 ? times(result, square) : result;
            square = times(square, square);
        }
        return result;
    }
}
