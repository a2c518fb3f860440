package dev.thimble.bn254;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * An immutable element of a prime field; the object style beside the flat style of {@link PrimeField}.
 *
 * @param <T> the concrete field
 */
public abstract sealed class Element<T extends Element<T>> permits Fq, Fr {
    private final PrimeField field;
    private final long[] limbs;

    Element(PrimeField field, long[] limbs) {
        this.field = field;
        this.limbs = limbs;
    }

    abstract T make(long[] montgomery);

    /** this + other. */
    public final T add(T other) {
        long[] result = new long[PrimeField.LIMBS];
        field.add(result, 0, limbs, 0, limbsOf(other), 0);
        return make(result);
    }

    /** this - other. */
    public final T sub(T other) {
        long[] result = new long[PrimeField.LIMBS];
        field.sub(result, 0, limbs, 0, limbsOf(other), 0);
        return make(result);
    }

    /** this · other. */
    public final T mul(T other) {
        long[] result = new long[PrimeField.LIMBS];
        field.mul(result, 0, limbs, 0, limbsOf(other), 0);
        return make(result);
    }

    /** this². */
    public final T square() {
        long[] result = new long[PrimeField.LIMBS];
        field.square(result, 0, limbs, 0);
        return make(result);
    }

    /** -this. */
    public final T negate() {
        long[] result = new long[PrimeField.LIMBS];
        field.negate(result, 0, limbs, 0);
        return make(result);
    }

    /**
     * 1/this.
     *
     * @throws IllegalArgumentException if this is zero
     */
    public final T inverse() {
        long[] result = new long[PrimeField.LIMBS];
        field.inverse(result, 0, limbs, 0);
        return make(result);
    }

    /** this^exponent for an exponent of at least zero. */
    public final T pow(BigInteger exponent) {
        long[] result = new long[PrimeField.LIMBS];
        field.pow(result, 0, limbs, 0, exponent);
        return make(result);
    }

    /** Whether this is zero. */
    public final boolean isZero() {
        return PrimeField.isZero(limbs, 0);
    }

    /** Whether this is one. */
    public final boolean isOne() {
        return field.isOne(limbs, 0);
    }

    /** The canonical value, 0 <= value < p. */
    public final BigInteger toBigInteger() {
        return field.load(limbs, 0);
    }

    /** The canonical value in 32 bytes, big-endian. */
    public final byte[] toBytes() {
        byte[] magnitude = toBigInteger().toByteArray();
        byte[] bytes = new byte[32];
        int length = Math.min(32, magnitude.length);
        System.arraycopy(magnitude, magnitude.length - length, bytes, 32 - length, length);
        return bytes;
    }

    /** Writes the four Montgomery limbs. */
    public final void store(long[] target, int offset) {
        System.arraycopy(limbs, 0, target, offset, PrimeField.LIMBS);
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof Element<?> element && element.field == field && Arrays.equals(element.limbs, limbs);
    }

    @Override
    public final int hashCode() {
        return Arrays.hashCode(limbs);
    }

    @Override
    public final String toString() {
        return toBigInteger().toString();
    }

    private static long[] limbsOf(Element<?> element) {
        return element.limbs;
    }

    static long[] slice(long[] source, int offset) {
        return Arrays.copyOfRange(source, offset, offset + PrimeField.LIMBS);
    }

    static long[] limbs(PrimeField field, BigInteger value) {
        long[] limbs = new long[PrimeField.LIMBS];
        field.store(value, limbs, 0);
        return limbs;
    }
}
