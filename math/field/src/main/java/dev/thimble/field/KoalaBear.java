package dev.thimble.field;

/**
 * The prime field of order p = 2^31 - 2^24 + 1 = 2130706433. Elements are ints in Montgomery form with R = 2^32,
 * canonical in [0, p); every method takes and returns such ints unless its name says otherwise.
 *
 * <p>p - 1 = 2^24 * 127, so there are roots of unity of every order 2^k, k at most 24; 3 generates the multiplicative
 * group; x^3 is a permutation because 3 does not divide p - 1. Source: Plonky3, koala-bear/src/koala_bear.rs.
 */
public final class KoalaBear {
    /** The order p of the field. */
    public static final int P = 2130706433;

    /** p^-1 modulo 2^32, the multiplier of the Montgomery reduction. */
    public static final int MU = 0x81000001;

    /** The largest k such that 2^k divides p - 1. */
    public static final int TWO_ADICITY = 24;

    /** The element 1. */
    public static final int ONE = 0x01FFFFFE;

    /** The generator 3 of the multiplicative group; also the shift of every evaluation coset. */
    public static final int GENERATOR = 0x05FFFFFA;

    private static final int R_SQUARED = 402124772;
    private static final int[] ROOTS = rootsOfUnity();

    private KoalaBear() {}

    /** Returns the element whose canonical integer is {@code value}, which must be in [0, p). */
    public static int fromCanonical(int value) {
        if (!isCanonical(value)) {
            throw new IllegalArgumentException("value " + Integer.toUnsignedString(value) + " is not in [0, p)");
        }
        return mul(value, R_SQUARED);
    }

    /** Returns the element {@code value mod p} for any long, negative ones included. */
    public static int fromLong(long value) {
        return mul((int) Math.floorMod(value, (long) P), R_SQUARED);
    }

    /** Returns the canonical integer in [0, p) of an element. */
    public static int toCanonical(int a) {
        return reduce(a);
    }

    /** Tells whether {@code value}, read as an unsigned integer, is in [0, p). */
    public static boolean isCanonical(int value) {
        return value >= 0 && value < P;
    }

    public static int add(int a, int b) {
        int sum = a + (b - P);
        return sum + (P & (sum >> 31));
    }

    public static int sub(int a, int b) {
        int difference = a - b;
        return difference + (P & (difference >> 31));
    }

    public static int neg(int a) {
        return sub(0, a);
    }

    public static int mul(int a, int b) {
        return reduce((long) a * b);
    }

    public static int square(int a) {
        return reduce((long) a * a);
    }

    /** Returns a / 2. */
    public static int halve(int a) {
        return (a + (P & -(a & 1))) >>> 1;
    }

    /** Returns a^exponent for an exponent of at least 0; 0^0 = 1. */
    public static int pow(int a, long exponent) {
        if (exponent < 0) {
            throw new IllegalArgumentException("exponent " + exponent + " is negative");
        }
        int result = ONE;
        int power = a;
        for (long rest = exponent; rest != 0; rest >>>= 1) {
            if ((rest & 1) != 0) {
                result = mul(result, power);
            }
            power = square(power);
        }
        return result;
    }

    /** Returns 1 / a; throws IllegalArgumentException for 0. */
    public static int inverse(int a) {
        if (a == 0) {
            throw new IllegalArgumentException("0 has no inverse");
        }
        return pow(a, P - 2L);
    }

    /** Returns the fixed primitive root of unity of order 2^logOrder, which is the square of the next one. */
    public static int rootOfUnity(int logOrder) {
        if (logOrder < 0 || logOrder > TWO_ADICITY) {
            throw new IllegalArgumentException("logOrder " + logOrder + " is not in [0, " + TWO_ADICITY + "]");
        }
        return ROOTS[logOrder];
    }

    /** Montgomery reduction: x / 2^32 mod p in [0, p), for |x| below p * 2^32. */
    public static int reduce(long x) {
        int factor = (int) x * MU;
        long multiple = Integer.toUnsignedLong(factor) * P;
        int quotient = (int) ((x - multiple) >> 32);
        return quotient + (P & (quotient >> 31));
    }

    private static int[] rootsOfUnity() {
        int[] roots = new int[TWO_ADICITY + 1];
        roots[TWO_ADICITY] = pow(GENERATOR, (P - 1L) >> TWO_ADICITY);
        for (int log = TWO_ADICITY; log > 0; log--) {
            roots[log - 1] = square(roots[log]);
        }
        return roots;
    }
}
