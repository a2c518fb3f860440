package dev.thimble.bn254;

import java.math.BigInteger;

/** An element of BN254's coordinate field, of order q. Immutable. */
public final class Fq extends Element<Fq> {
    /** 0. */
    public static final Fq ZERO = of(0);

    /** 1. */
    public static final Fq ONE = of(1);

    private Fq(long[] montgomery) {
        super(PrimeField.FQ, montgomery);
    }

    /**
     * The element with this canonical value.
     *
     * @throws IllegalArgumentException if the value is negative or not below the modulus
     */
    public static Fq of(BigInteger value) {
        return new Fq(limbs(PrimeField.FQ, value));
    }

    /** The element with this value of at least zero. */
    public static Fq of(long value) {
        return of(BigInteger.valueOf(value));
    }

    /** The residue class of any integer. */
    public static Fq reduce(BigInteger value) {
        return of(value.mod(PrimeField.FQ.modulus()));
    }

    /** The element whose Montgomery limbs stand at an offset. */
    public static Fq load(long[] source, int offset) {
        return new Fq(slice(source, offset));
    }

    @Override
    Fq make(long[] montgomery) {
        return new Fq(montgomery);
    }
}
