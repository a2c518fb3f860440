package dev.thimble.chain;

import java.math.BigInteger;

/** Answers that are quicker to check than to compute: inverses, square roots, quotients. */
final class FieldHints {
    /** secp256k1's p and n (SEC 2), BN254's p and r (EIP-196), by the protocol's numbers 1 to 4. */
    private static final BigInteger[] MODULI = {
        number("fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f"),
        number("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"),
        number("30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47"),
        number("30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001")
    };

    private FieldHints() {}

    private static BigInteger number(String hex) {
        return new BigInteger(hex, 16);
    }

    static BigInteger modulus(int id) {
        if (id < 1 || id > MODULI.length) {
            throw new IllegalArgumentException("modulus number is not in 1.." + MODULI.length + ": " + id);
        }
        return MODULI[id - 1];
    }

    /** The inverse, zero for zero. */
    static BigInteger inverse(int modulusId, BigInteger value) {
        BigInteger modulus = modulus(modulusId);
        return value.mod(modulus).signum() == 0 ? BigInteger.ZERO : value.modInverse(modulus);
    }

    /** A square root, zero if there is none; for the moduli that are 3 mod 4 only, the fields of the curves. */
    static BigInteger squareRoot(int modulusId, BigInteger value) {
        BigInteger modulus = modulus(modulusId);
        if (!modulus.testBit(1)) {
            throw new IllegalArgumentException("no square roots for modulus number " + modulusId);
        }
        BigInteger root = value.modPow(modulus.add(BigInteger.ONE).shiftRight(2), modulus);
        return root.multiply(root).subtract(value).mod(modulus).signum() == 0 ? root : BigInteger.ZERO;
    }

    /** Quotient and remainder, both zero for the divisor zero. */
    static BigInteger[] divide(BigInteger numerator, BigInteger divisor) {
        return divisor.signum() == 0
                ? new BigInteger[] {BigInteger.ZERO, BigInteger.ZERO}
                : numerator.divideAndRemainder(divisor);
    }
}
