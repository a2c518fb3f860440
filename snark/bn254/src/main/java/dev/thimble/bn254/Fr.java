package dev.thimble.bn254;

import java.math.BigInteger;

/** An element of BN254's scalar field, of order r (the order of G1 and G2). Immutable. */
public final class Fr extends Element<Fr> {
    /** 0. */
    public static final Fr ZERO = of(0);

    /** 1. */
    public static final Fr ONE = of(1);

    private Fr(long[] montgomery) {
        super(PrimeField.FR, montgomery);
    }

    /**
     * The element with this canonical value.
     *
     * @throws IllegalArgumentException if the value is negative or not below the modulus
     */
    public static Fr of(BigInteger value) {
        return new Fr(limbs(PrimeField.FR, value));
    }

    /** The element with this value of at least zero. */
    public static Fr of(long value) {
        return of(BigInteger.valueOf(value));
    }

    /** The residue class of any integer. */
    public static Fr reduce(BigInteger value) {
        return of(value.mod(PrimeField.FR.modulus()));
    }

    /** The element whose Montgomery limbs stand at an offset. */
    public static Fr load(long[] source, int offset) {
        return new Fr(slice(source, offset));
    }

    @Override
    Fr make(long[] montgomery) {
        return new Fr(montgomery);
    }
}
