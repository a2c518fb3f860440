package dev.thimble.bn254;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;

/**
 * Arithmetic modulo a prime of at most 254 bits on flat arrays.
 *
 * <p>An element is four consecutive limbs of a {@code long[]}, little-endian, canonical (below the modulus) and in Montgomery form:
 * the limbs hold a·2^256 mod p. Every operation takes (array, offset) pairs; result and operands may be the same element.
 * Source: Koç, Acar, Kaliski, "Analyzing and comparing Montgomery multiplication algorithms" (CIOS), without the top carry
 * word because p is below 2^254.
 */
public final class PrimeField {
    /** Limbs of an element. */
    public static final int LIMBS = 4;

    /** The field of coordinates, q. */
    public static final PrimeField FQ =
            new PrimeField("21888242871839275222246405745257275088696311157297823662689037894645226208583");

    /** The field of scalars, r: the order of the groups. */
    public static final PrimeField FR =
            new PrimeField("21888242871839275222246405745257275088548364400416034343698204186575808495617");

    private final BigInteger modulus;
    private final long p0;
    private final long p1;
    private final long p2;
    private final long p3;
    private final long negativeInverse;
    private final long[] one = new long[LIMBS];
    private final long[] rSquared = new long[LIMBS];
    private final long[] rCubed = new long[LIMBS];

    private PrimeField(String decimal) {
        modulus = new BigInteger(decimal);
        p0 = modulus.longValue();
        p1 = modulus.shiftRight(64).longValue();
        p2 = modulus.shiftRight(128).longValue();
        p3 = modulus.shiftRight(192).longValue();
        BigInteger word = BigInteger.ONE.shiftLeft(64);
        negativeInverse = modulus.modInverse(word).negate().longValue();
        BigInteger r = BigInteger.ONE.shiftLeft(256).mod(modulus);
        storeLimbs(r, one, 0);
        storeLimbs(r.multiply(r).mod(modulus), rSquared, 0);
        storeLimbs(r.multiply(r).multiply(r).mod(modulus), rCubed, 0);
    }

    /** The prime p. */
    public BigInteger modulus() {
        return modulus;
    }

    /** Whether 0 <= value < p. */
    public boolean contains(BigInteger value) {
        return value.signum() >= 0 && value.compareTo(modulus) < 0;
    }

    /** r = a·b. */
    public void mul(long[] r, int ro, long[] a, int ao, long[] b, int bo) {
        long a0 = a[ao];
        long a1 = a[ao + 1];
        long a2 = a[ao + 2];
        long a3 = a[ao + 3];
        long t0 = 0;
        long t1 = 0;
        long t2 = 0;
        long t3 = 0;
        for (int i = 0; i < LIMBS; i++) {
            long y = b[bo + i];
            long lo = a0 * y;
            long carryA = Math.unsignedMultiplyHigh(a0, y);
            lo += t0;
            carryA += below(lo, t0);
            long m = lo * negativeInverse;
            long carryM = Math.unsignedMultiplyHigh(m, p0) + (lo != 0 ? 1L : 0L);

            lo = a1 * y;
            long hi = Math.unsignedMultiplyHigh(a1, y);
            lo += t1;
            hi += below(lo, t1);
            lo += carryA;
            carryA = hi + below(lo, carryA);
            long u = m * p1;
            hi = Math.unsignedMultiplyHigh(m, p1);
            u += lo;
            hi += below(u, lo);
            t0 = u + carryM;
            carryM = hi + below(t0, carryM);

            lo = a2 * y;
            hi = Math.unsignedMultiplyHigh(a2, y);
            lo += t2;
            hi += below(lo, t2);
            lo += carryA;
            carryA = hi + below(lo, carryA);
            u = m * p2;
            hi = Math.unsignedMultiplyHigh(m, p2);
            u += lo;
            hi += below(u, lo);
            t1 = u + carryM;
            carryM = hi + below(t1, carryM);

            lo = a3 * y;
            hi = Math.unsignedMultiplyHigh(a3, y);
            lo += t3;
            hi += below(lo, t3);
            lo += carryA;
            carryA = hi + below(lo, carryA);
            u = m * p3;
            hi = Math.unsignedMultiplyHigh(m, p3);
            u += lo;
            hi += below(u, lo);
            t2 = u + carryM;
            t3 = carryA + hi + below(t2, carryM);
        }
        storeReduced(r, ro, t0, t1, t2, t3);
    }

    /** r = a². */
    public void square(long[] r, int ro, long[] a, int ao) {
        mul(r, ro, a, ao, a, ao);
    }

    /** r = a + b. */
    public void add(long[] r, int ro, long[] a, int ao, long[] b, int bo) {
        long x0 = a[ao];
        long t0 = x0 + b[bo];
        long carry = below(t0, x0);
        long x1 = a[ao + 1];
        long s1 = x1 + b[bo + 1];
        long t1 = s1 + carry;
        carry = below(s1, x1) + below(t1, s1);
        long x2 = a[ao + 2];
        long s2 = x2 + b[bo + 2];
        long t2 = s2 + carry;
        carry = below(s2, x2) + below(t2, s2);
        long t3 = a[ao + 3] + b[bo + 3] + carry;
        storeReduced(r, ro, t0, t1, t2, t3);
    }

    /** r = a - b. */
    public void sub(long[] r, int ro, long[] a, int ao, long[] b, int bo) {
        long x0 = a[ao];
        long y0 = b[bo];
        long t0 = x0 - y0;
        long borrow = below(x0, y0);
        long x1 = a[ao + 1];
        long y1 = b[bo + 1];
        long s1 = x1 - y1;
        long t1 = s1 - borrow;
        borrow = below(x1, y1) + below(s1, borrow);
        long x2 = a[ao + 2];
        long y2 = b[bo + 2];
        long s2 = x2 - y2;
        long t2 = s2 - borrow;
        borrow = below(x2, y2) + below(s2, borrow);
        long t3 = a[ao + 3] - b[bo + 3] - borrow;
        boolean negative = t3 < 0;
        addMasked(r, ro, t0, t1, t2, t3, negative);
    }

    /** r = -a. */
    public void negate(long[] r, int ro, long[] a, int ao) {
        long x0 = a[ao];
        long x1 = a[ao + 1];
        long x2 = a[ao + 2];
        long x3 = a[ao + 3];
        if ((x0 | x1 | x2 | x3) == 0) {
            store(r, ro, 0, 0, 0, 0);
            return;
        }
        long borrow = below(p0, x0);
        long s1 = p1 - x1;
        long t1 = s1 - borrow;
        borrow = below(p1, x1) + below(s1, borrow);
        long s2 = p2 - x2;
        long t2 = s2 - borrow;
        borrow = below(p2, x2) + below(s2, borrow);
        store(r, ro, p0 - x0, t1, t2, p3 - x3 - borrow);
    }

    /**
     * r = 1/a.
     *
     * @throws IllegalArgumentException if a is zero
     */
    public void inverse(long[] r, int ro, long[] a, int ao) {
        if (isZero(a, ao)) {
            throw new IllegalArgumentException("zero has no inverse");
        }
        storeLimbs(loadLimbs(a, ao).modInverse(modulus), r, ro);
        mul(r, ro, r, ro, rCubed, 0);
    }

    /**
     * Replaces {@code count} elements by their inverses at the price of one inversion (Montgomery's trick).
     *
     * @throws IllegalArgumentException if one of them is zero
     */
    public void invertAll(long[] a, int offset, int count) {
        if (count == 0) {
            return;
        }
        long[] prefixes = new long[count * LIMBS];
        long[] running = one();
        for (int i = 0; i < count; i++) {
            System.arraycopy(running, 0, prefixes, i * LIMBS, LIMBS);
            mul(running, 0, running, 0, a, offset + i * LIMBS);
        }
        inverse(running, 0, running, 0);
        for (int i = count - 1; i >= 0; i--) {
            int at = offset + i * LIMBS;
            mul(prefixes, i * LIMBS, prefixes, i * LIMBS, running, 0);
            mul(running, 0, running, 0, a, at);
            System.arraycopy(prefixes, i * LIMBS, a, at, LIMBS);
        }
    }

    /** r = a^exponent for an exponent of at least zero. */
    public void pow(long[] r, int ro, long[] a, int ao, BigInteger exponent) {
        long[] base = {a[ao], a[ao + 1], a[ao + 2], a[ao + 3]};
        long[] result = one();
        for (int i = exponent.bitLength() - 1; i >= 0; i--) {
            square(result, 0, result, 0);
            if (exponent.testBit(i)) {
                mul(result, 0, result, 0, base, 0);
            }
        }
        System.arraycopy(result, 0, r, ro, LIMBS);
    }

    /** Writes a value, of which 0 <= value < p must hold, in Montgomery form. */
    public void store(BigInteger value, long[] r, int ro) {
        if (!contains(value)) {
            throw new IllegalArgumentException("value " + value + " is not in [0, p)");
        }
        storeLimbs(value, r, ro);
        toMontgomery(r, ro);
    }

    /** The canonical value of an element. */
    public BigInteger load(long[] a, int ao) {
        long[] plain = {a[ao], a[ao + 1], a[ao + 2], a[ao + 3]};
        fromMontgomery(plain, 0);
        return loadLimbs(plain, 0);
    }

    /** Turns canonical limbs into Montgomery form, in place. */
    public void toMontgomery(long[] a, int ao) {
        mul(a, ao, a, ao, rSquared, 0);
    }

    /** Turns Montgomery form into canonical limbs, in place. */
    public void fromMontgomery(long[] a, int ao) {
        mul(a, ao, a, ao, UNIT, 0);
    }

    /** A fresh array holding 1. */
    public long[] one() {
        return one.clone();
    }

    /** Writes 1. */
    public void setOne(long[] r, int ro) {
        System.arraycopy(one, 0, r, ro, LIMBS);
    }

    /** Whether the element is 1. */
    public boolean isOne(long[] a, int ao) {
        return equal(a, ao, one, 0);
    }

    /** Whether the element is 0. */
    public static boolean isZero(long[] a, int ao) {
        return (a[ao] | a[ao + 1] | a[ao + 2] | a[ao + 3]) == 0;
    }

    /** Whether two elements are equal. */
    public static boolean equal(long[] a, int ao, long[] b, int bo) {
        return a[ao] == b[bo] && a[ao + 1] == b[bo + 1] && a[ao + 2] == b[bo + 2] && a[ao + 3] == b[bo + 3];
    }

    /** Whether four limbs are below the modulus, as every element must be. */
    public boolean isCanonical(long[] a, int ao) {
        int order = Long.compareUnsigned(a[ao + 3], p3);
        order = order != 0 ? order : Long.compareUnsigned(a[ao + 2], p2);
        order = order != 0 ? order : Long.compareUnsigned(a[ao + 1], p1);
        order = order != 0 ? order : Long.compareUnsigned(a[ao], p0);
        return order < 0;
    }

    private static final long[] UNIT = {1, 0, 0, 0};

    private static long below(long x, long y) {
        return Long.compareUnsigned(x, y) < 0 ? 1L : 0L;
    }

    /** Stores t or t - p: t is below 2p, which is below 2^255, so the sign bit of the difference decides. */
    private void storeReduced(long[] r, int ro, long t0, long t1, long t2, long t3) {
        long s0 = t0 - p0;
        long borrow = below(t0, p0);
        long d1 = t1 - p1;
        long s1 = d1 - borrow;
        borrow = below(t1, p1) + below(d1, borrow);
        long d2 = t2 - p2;
        long s2 = d2 - borrow;
        borrow = below(t2, p2) + below(d2, borrow);
        long s3 = t3 - p3 - borrow;
        boolean reduced = s3 >= 0;
        store(r, ro, reduced ? s0 : t0, reduced ? s1 : t1, reduced ? s2 : t2, reduced ? s3 : t3);
    }

    private void addMasked(long[] r, int ro, long t0, long t1, long t2, long t3, boolean wanted) {
        long q0 = wanted ? p0 : 0L;
        long q1 = wanted ? p1 : 0L;
        long q2 = wanted ? p2 : 0L;
        long q3 = wanted ? p3 : 0L;
        long s0 = t0 + q0;
        long carry = below(s0, q0);
        long d1 = t1 + q1;
        long s1 = d1 + carry;
        carry = below(d1, q1) + below(s1, carry);
        long d2 = t2 + q2;
        long s2 = d2 + carry;
        carry = below(d2, q2) + below(s2, carry);
        store(r, ro, s0, s1, s2, t3 + q3 + carry);
    }

    private static void store(long[] r, int ro, long v0, long v1, long v2, long v3) {
        r[ro] = v0;
        r[ro + 1] = v1;
        r[ro + 2] = v2;
        r[ro + 3] = v3;
    }

    private static void storeLimbs(BigInteger value, long[] r, int ro) {
        for (int i = 0; i < LIMBS; i++) {
            r[ro + i] = value.shiftRight(64 * i).longValue();
        }
    }

    private static BigInteger loadLimbs(long[] a, int ao) {
        byte[] bytes = new byte[32];
        LongBuffer words = ByteBuffer.wrap(bytes).asLongBuffer();
        for (int i = 0; i < LIMBS; i++) {
            words.put(LIMBS - 1 - i, a[ao + i]);
        }
        return new BigInteger(1, bytes);
    }
}
