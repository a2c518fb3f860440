package dev.thimble.contracts;

import static dev.thimble.contracts.Bn254.R;

import java.math.BigInteger;
import java.util.Arrays;

/** A polynomial over the scalar field of BN254, lowest coefficient first; everything naive. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Polynomial(BigInteger... coefficients) {
    static Polynomial constant(BigInteger value) {
        return new Polynomial(value);
    }

    /** X^degree − 1. */
    static Polynomial vanishing(int degree) {
        BigInteger[] c = zeros(degree + 1);
        c[0] = R.subtract(BigInteger.ONE);
        c[degree] = BigInteger.ONE;
        return new Polynomial(c);
    }

    /** The polynomial below degree n with these values at the powers of omega. */
    static Polynomial interpolate(BigInteger[] values, BigInteger omega) {
        int n = values.length;
        BigInteger inverse = omega.modInverse(R);
        BigInteger scale = BigInteger.valueOf(n).modInverse(R);
        BigInteger[] c = zeros(n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                c[i] = c[i].add(values[j].multiply(inverse.modPow(BigInteger.valueOf((long) i * j), R)));
            }
            c[i] = c[i].multiply(scale).mod(R);
        }
        return new Polynomial(c);
    }

    Polynomial plus(Polynomial other) {
        BigInteger[] c = zeros(Math.max(size(), other.size()));
        for (int i = 0; i < c.length; i++) {
            c[i] = at(i).add(other.at(i)).mod(R);
        }
        return new Polynomial(c);
    }

    Polynomial minus(Polynomial other) {
        return plus(other.times(BigInteger.ONE.negate()));
    }

    Polynomial times(BigInteger factor) {
        return new Polynomial(
                Arrays.stream(coefficients).map(c -> c.multiply(factor).mod(R)).toArray(BigInteger[]::new));
    }

    Polynomial times(Polynomial other) {
        BigInteger[] c = zeros(size() + other.size() - 1);
        for (int i = 0; i < size(); i++) {
            for (int j = 0; j < other.size(); j++) {
                c[i + j] = c[i + j].add(at(i).multiply(other.at(j)));
            }
        }
        return new Polynomial(Arrays.stream(c).map(x -> x.mod(R)).toArray(BigInteger[]::new));
    }

    /** The quotient by a monic divisor; the remainder must be zero. */
    Polynomial dividedBy(Polynomial divisor) {
        BigInteger[] rest = coefficients.clone();
        int degree = divisor.size() - 1;
        BigInteger[] quotient = zeros(Math.max(1, rest.length - degree));
        for (int i = rest.length - 1; i >= degree; i--) {
            BigInteger factor = rest[i];
            quotient[i - degree] = factor;
            for (int j = 0; j <= degree; j++) {
                rest[i - degree + j] = rest[i - degree + j]
                        .subtract(factor.multiply(divisor.at(j)))
                        .mod(R);
            }
        }
        if (!Arrays.stream(rest).allMatch(c -> c.signum() == 0)) {
            throw new IllegalArgumentException("the division leaves a remainder");
        }
        return new Polynomial(quotient);
    }

    /** p(factor·X). */
    Polynomial scaled(BigInteger factor) {
        BigInteger[] c = coefficients.clone();
        for (int i = 0; i < c.length; i++) {
            c[i] = c[i].multiply(factor.modPow(BigInteger.valueOf(i), R)).mod(R);
        }
        return new Polynomial(c);
    }

    /** Coefficients from (inclusive) to (exclusive), shifted down. */
    Polynomial slice(int from, int to) {
        BigInteger[] c = zeros(to - from);
        for (int i = from; i < to; i++) {
            c[i - from] = at(i);
        }
        return new Polynomial(c);
    }

    BigInteger evaluate(BigInteger x) {
        BigInteger result = BigInteger.ZERO;
        for (int i = size() - 1; i >= 0; i--) {
            result = result.multiply(x).add(at(i)).mod(R);
        }
        return result;
    }

    private int size() {
        return coefficients.length;
    }

    private BigInteger at(int i) {
        return i < coefficients.length ? coefficients[i] : BigInteger.ZERO;
    }

    private static BigInteger[] zeros(int length) {
        BigInteger[] zeros = new BigInteger[length];
        Arrays.fill(zeros, BigInteger.ZERO);
        return zeros;
    }
}
