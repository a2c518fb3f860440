package dev.thimble.precompilecircuits;

import dev.thimble.air.Column;
import dev.thimble.field.KoalaBear;
import java.math.BigInteger;

/** Writes the main columns of SECP256K1 and counts its look-ups. Canonical values. */
final class Secp256k1Rows {
    static final BigInteger P = BigInteger.ONE
            .shiftLeft(256)
            .subtract(BigInteger.ONE.shiftLeft(32))
            .subtract(BigInteger.valueOf(Secp256k1Layout.FOLD));
    private static final BigInteger TWO_256 = BigInteger.ONE.shiftLeft(256);
    private static final BigInteger THREE = BigInteger.valueOf(3);
    private static final int LIMBS = Secp256k1Layout.LIMBS;

    /** Limb k of the operands of an equation, k from 0 to 31. */
    @FunctionalInterface
    interface Operands {
        long limb(int k);
    }

    private final Secp256k1Layout c;
    private final int[][] main;
    private final LimbTable.Counter counter;

    Secp256k1Rows(Secp256k1Layout layout, int[][] main, LimbTable.Counter counter) {
        this.c = layout;
        this.main = main;
        this.counter = counter;
    }

    /** Four rows. Where the operands have no slope or the result is wrong, equations do not hold. */
    void call(int row, Secp256k1Operands o, boolean selected) {
        for (int r = 0; r < Secp256k1Layout.ROWS; r++) {
            put(c.selected(), row + r, selected ? 1 : 0);
            c.oldCheck().fill(main, row + r, o.old(r), counter);
            c.nextCheck().fill(main, row + r, o.next(r), counter);
        }
        put(o.twice() ? c.tangent() : c.chord(), row + 1, 1);
        BigInteger lambda = slope(o);
        int[] slope = digits(row, Numbers.bytes(lambda, SignedDigits.DIGITS));
        int[] v = digits(row + 1, Numbers.bytes(o.twice() ? o.y1() : o.x2()));
        int[] x1 = digits(row + 2, Numbers.bytes(o.x1()));
        int[] x3 = digits(row + 3, Numbers.bytes(o.x3()));
        for (int i = 0; i < SignedDigits.DIGITS; i++) {
            int stored = slope[i] + (i == SignedDigits.DIGITS - 1 ? 0 : SignedDigits.OFFSET);
            put(c.slope().get(i), row + 1, stored);
            put(c.slope().get(i), row + 2, stored);
        }
        for (int k = 0; k < LIMBS; k++) {
            put(c.ordinate().get(k), row + 1, o.y2()[k]);
            put(c.ordinate().get(k), row + 2, o.y1()[k]);
        }
        put(c.distinct(), row + 1, o.twice() ? 0 : inverseOfSquares(v, x1));
        put(c.nonZero(), row + 1, o.twice() ? inverseOfSquares(v, new int[SignedDigits.DIGITS]) : 0);
        equations(row, o, lambda, slope, v, x1, x3);
    }

    private static BigInteger slope(Secp256k1Operands o) {
        BigInteger x1 = Numbers.ofLimbs(o.x1());
        BigInteger y1 = Numbers.ofLimbs(o.y1());
        BigInteger run = o.twice() ? y1.shiftLeft(1) : Numbers.ofLimbs(o.x2()).subtract(x1);
        BigInteger rise = o.twice()
                ? x1.multiply(x1).multiply(THREE)
                : Numbers.ofLimbs(o.y2()).subtract(y1);
        boolean exists = run.mod(P).signum() != 0;
        return exists ? rise.multiply(run.modInverse(P)).mod(P) : BigInteger.ZERO;
    }

    /** Writes the digits of a number; returns them. */
    int[] digits(int row, int[] bytes) {
        return c.digits().fill(main, row, bytes, counter);
    }

    static int inverseOfSquares(int[] a, int[] b) {
        long sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (long) (a[i] - b[i]) * (a[i] - b[i]);
        }
        return CanonicalCheck.inverseOf(sum);
    }

    private void equations(int row, Secp256k1Operands o, BigInteger lambda, int[] slope, int[] v, int[] x1, int[] x3) {
        BigInteger bigX1 = Numbers.ofLimbs(o.x1());
        BigInteger bigY1 = Numbers.ofLimbs(o.y1());
        BigInteger bigX2 = o.twice() ? bigX1 : Numbers.ofLimbs(o.x2());
        BigInteger bigX3 = Numbers.ofLimbs(o.x3());
        if (o.twice()) {
            BigInteger tangent = lambda.multiply(bigY1)
                    .shiftLeft(1)
                    .subtract(bigX1.multiply(bigX1).multiply(THREE));
            equation(row + 1, tangent, k -> 2 * LimbProducts.limb(slope, v, k) - 3 * LimbProducts.limb(x1, x1, k));
        } else {
            BigInteger chord = lambda.multiply(bigX2.subtract(bigX1))
                    .subtract(Numbers.ofLimbs(o.y2()))
                    .add(bigY1);
            equation(
                    row + 1,
                    chord,
                    k -> LimbProducts.limb(slope, v, k)
                            - LimbProducts.limb(slope, x1, k)
                            - at(o.y2(), k)
                            + at(o.y1(), k));
        }
        int[] second = o.twice() ? o.x1() : o.x2();
        BigInteger abscissa =
                lambda.multiply(lambda).subtract(bigX1).subtract(bigX2).subtract(bigX3);
        equation(
                row + 2,
                abscissa,
                k -> LimbProducts.limb(slope, slope, k) - at(o.x1(), k) - at(second, k) - at(o.x3(), k));
        BigInteger ordinate =
                lambda.multiply(bigX1.subtract(bigX3)).subtract(bigY1).subtract(Numbers.ofLimbs(o.y3()));
        equation(
                row + 3,
                ordinate,
                k -> LimbProducts.limb(slope, x1, k) - LimbProducts.limb(slope, x3, k) - at(o.y1(), k) - at(o.y3(), k));
        unusedRow(row);
    }

    private static int at(int[] limbs, int k) {
        return k < limbs.length ? limbs[k] : 0;
    }

    /** Writes quotient and carries of value = quotient·p into a row. */
    void equation(int row, BigInteger value, Operands operands) {
        BigInteger quotient = floorDivide(value, P);
        int[] q = Numbers.bytes(quotient.mod(TWO_256), 2 * LIMBS);
        int top = floorDivide(quotient, TWO_256).intValue();
        long[] limbs = new long[LIMBS + 1];
        for (int k = 0; k < LIMBS; k++) {
            limbs[k] = q[2 * k] + 256L * q[2 * k + 1];
            put(c.quotient().get(k), row, limbs[k]);
            counter.range(CanonicalCheck.BITS, (int) limbs[k]);
        }
        limbs[LIMBS] = top;
        for (int bit = 0; bit < Secp256k1Layout.TOP_BITS; bit++) {
            put(c.top().get(bit), row, top >> bit & 1);
        }
        long carry = 0;
        for (int k = 0; k < Secp256k1Layout.EQUATIONS - 1; k++) {
            long multiple = at(limbs, k - LIMBS) - at(limbs, k - 2) - Secp256k1Layout.FOLD * at(limbs, k);
            carry = (operands.limb(k) - multiple + carry) >> 16;
            int stored = (int) carry + Secp256k1Layout.CARRY_OFFSET;
            put(c.carry().get(k), row, stored);
            counter.range(Secp256k1Layout.CARRY_BITS, stored);
        }
    }

    private static long at(long[] limbs, int k) {
        return k >= 0 && k < limbs.length ? limbs[k] : 0;
    }

    private static BigInteger floorDivide(BigInteger value, BigInteger divisor) {
        return value.subtract(value.mod(divisor)).divide(divisor);
    }

    /** The look-ups of row 0, where no equation stands. */
    private void unusedRow(int row) {
        for (int k = 0; k < LIMBS; k++) {
            put(c.quotient().get(k), row, 0);
            counter.range(CanonicalCheck.BITS, 0);
        }
        for (Column carry : c.carry()) {
            put(carry, row, 0);
            counter.range(Secp256k1Layout.CARRY_BITS, 0);
        }
    }

    void finish() {
        counter.fill(main);
    }

    private void put(Column column, int row, long value) {
        main[column.index()][row] = (int) Math.floorMod(value, (long) KoalaBear.P);
    }
}
