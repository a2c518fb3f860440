package dev.thimble.precompilecircuits;

import dev.thimble.air.Column;
import dev.thimble.air.Stage;
import dev.thimble.air.Trace;
import dev.thimble.field.KoalaBear;
import dev.thimble.riscv.PrecompileCall;
import dev.thimble.riscv.Syscall;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * A call of SECP256K1 by a dishonest prover: any number may differ where it is used from where it is given, any equation may
 * be wrong by 2^(16k) in limb k; all other cells, the result included, follow from that.
 */
final class Secp256k1Forger {
    private static final BigInteger P = Secp256k1Rows.P;
    private static final int DIGITS = SignedDigits.DIGITS;
    private static final int LIMBS = Secp256k1Layout.LIMBS;

    final boolean twice;
    final BigInteger x1;
    final BigInteger y1;
    final BigInteger x2;
    final BigInteger y2;
    /** What is added to a number where it is used: x₂ (doubling: y₁) and x₁ in the digits, y₂ and y₁ in the slope. */
    BigInteger addV = BigInteger.ZERO;

    BigInteger addX1 = BigInteger.ZERO;
    BigInteger addY2 = BigInteger.ZERO;
    BigInteger addY1 = BigInteger.ZERO;
    /** The limb in which x₃ differs where it is used. */
    int otherX3Limb = -1;
    /** Leaves chord and tangent 0: nothing then determines λ. */
    boolean flagless;
    /** Added to one digit of λ in the third equation, and a digit and limb of λ that are written in an unusual way. */
    int otherSlopeDigit = -1;

    int unusualDigits = -1;
    /** What the three equations lack. */
    final BigInteger[] lack = {BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO};
    /** λ where nothing determines it. */
    BigInteger freeSlope = BigInteger.valueOf(5);

    private BigInteger lambda = BigInteger.ZERO;
    private BigInteger x3 = BigInteger.ZERO;
    private BigInteger y3 = BigInteger.ZERO;

    Secp256k1Forger(boolean twice, BigInteger x1, BigInteger y1, BigInteger x2, BigInteger y2) {
        this.twice = twice;
        this.x1 = x1;
        this.y1 = y1;
        this.x2 = twice ? BigInteger.ZERO : x2;
        this.y2 = twice ? BigInteger.ZERO : y2;
    }

    private BigInteger v() {
        return flagless ? BigInteger.ZERO : (twice ? y1.add(addY1) : x2).add(addV);
    }

    /** The call that is claimed. */
    PrecompileCall call(int segment, int clock) {
        BigInteger used = x1.add(addX1);
        BigInteger run = twice ? v().shiftLeft(1) : v().subtract(used);
        BigInteger rise = twice
                ? used.multiply(used).multiply(BigInteger.valueOf(3))
                : y2.add(addY2).subtract(y1).subtract(addY1);
        boolean exists = !flagless && run.mod(P).signum() != 0;
        lambda = exists ? rise.subtract(lack[0]).multiply(run.modInverse(P)).mod(P) : freeSlope;
        BigInteger second = flagless ? BigInteger.ZERO : twice ? x1 : x2;
        x3 = lambda.multiply(lambda).subtract(x1).subtract(second).add(lack[1]).mod(P);
        BigInteger other = otherSlopeDigit < 0 ? lambda : lambda.add(BigInteger.ONE.shiftLeft(8 * otherSlopeDigit));
        BigInteger drop = used.subtract(usedX3());
        y3 = other.multiply(drop).subtract(y1).add(lack[2]).mod(P);
        int[] before = twice ? SampleCalls.words(x1, y1) : SampleCalls.words(x2, y2, x1, y1);
        int[] after = twice ? SampleCalls.words(x3, y3) : SampleCalls.words(x2, y2, x3, y3);
        int number = twice ? Syscall.SECP256K1_DOUBLE : Syscall.SECP256K1_ADD;
        return new PrecompileCall(number, segment, clock, before, after);
    }

    private BigInteger usedX3() {
        if (otherX3Limb < 0) {
            return x3;
        }
        BigInteger step = BigInteger.ONE.shiftLeft(16 * otherX3Limb);
        return limbs(x3)[otherX3Limb] == 0xFFFF ? x3.subtract(step) : x3.add(step);
    }

    /** Writes the four rows over those that the honest witness has for the call. Canonical values. */
    void write(Secp256k1Circuit circuit, Trace trace, int row) {
        Secp256k1Layout c = circuit.layout();
        int[][] main = trace.stage(Stage.MAIN);
        Secp256k1Rows rows = new Secp256k1Rows(c, main, circuit.table().counter());
        int[] slope = rows.digits(row, bytes(lambda));
        if (unusualDigits >= 0) {
            spread(c, main, row, slope, unusualDigits);
        }
        int[] v = rows.digits(row + 1, bytes(v()));
        int[] used1 = rows.digits(row + 2, bytes(x1.add(addX1)));
        int[] used3 = rows.digits(row + 3, bytes(usedX3()));
        int[] other = slope.clone();
        if (otherSlopeDigit >= 0) {
            other[otherSlopeDigit]++;
        }
        for (int i = 0; i < DIGITS; i++) {
            int offset = i == DIGITS - 1 ? 0 : SignedDigits.OFFSET;
            set(main, c.slope().get(i), row + 1, slope[i] + offset);
            set(main, c.slope().get(i), row + 2, other[i] + offset);
        }
        int[] ordinate2 = limbs(y2.add(addY2));
        int[] ordinate1 = limbs(y1.add(addY1));
        for (int k = 0; k < LIMBS; k++) {
            set(main, c.ordinate().get(k), row + 1, ordinate2[k]);
            set(main, c.ordinate().get(k), row + 2, ordinate1[k]);
        }
        set(main, c.chord(), row + 1, twice || flagless ? 0 : 1);
        set(main, c.tangent(), row + 1, twice && !flagless ? 1 : 0);
        set(main, c.distinct(), row + 1, twice || flagless ? 0 : Secp256k1Rows.inverseOfSquares(v, used1));
        set(main, c.nonZero(), row + 1, twice && !flagless ? Secp256k1Rows.inverseOfSquares(v, new int[DIGITS]) : 0);
        equations(rows, row, slope, other, v, used1, used3, ordinate1, ordinate2);
    }

    private void equations(
            Secp256k1Rows rows,
            int row,
            int[] slope,
            int[] other,
            int[] v,
            int[] used1,
            int[] used3,
            int[] ordinate1,
            int[] ordinate2) {
        int[] first = limbs(x1);
        int[] second = limbs(flagless ? BigInteger.ZERO : twice ? x1 : x2);
        int[] third = limbs(x3);
        int[] height = limbs(y1);
        int[] result = limbs(y3);
        equation(
                rows,
                row + 1,
                0,
                k -> flagless
                        ? 0
                        : twice
                                ? 2 * LimbProducts.limb(slope, v, k) - 3 * LimbProducts.limb(used1, used1, k)
                                : LimbProducts.limb(slope, v, k)
                                        - LimbProducts.limb(slope, used1, k)
                                        - at(ordinate2, k)
                                        + at(ordinate1, k));
        equation(
                rows,
                row + 2,
                1,
                k -> LimbProducts.limb(slope, slope, k) - at(first, k) - at(second, k) - at(third, k));
        equation(
                rows,
                row + 3,
                2,
                k -> LimbProducts.limb(other, used1, k)
                        - LimbProducts.limb(other, used3, k)
                        - at(height, k)
                        - at(result, k));
    }

    private void equation(Secp256k1Rows rows, int row, int number, Secp256k1Rows.Operands operands) {
        int[] extra = limbs(lack[number]);
        int[] wide = new int[2 * LIMBS];
        System.arraycopy(extra, 0, wide, 0, LIMBS);
        if (lack[number].bitLength() > 256) {
            wide[(lack[number].bitLength() - 1) / 16] = 1;
        }
        BigInteger value = BigInteger.ZERO;
        for (int k = 2 * LIMBS - 1; k >= 0; k--) {
            value = value.shiftLeft(16).add(BigInteger.valueOf(operands.limb(k) + wide[k]));
        }
        rows.equation(row, value, k -> operands.limb(k) + wide[k]);
    }

    /** The same λ with a low digit above 127. */
    private static void spread(Secp256k1Layout c, int[][] main, int row, int[] slope, int limb) {
        slope[2 * limb] += 256;
        slope[2 * limb + 1]--;
        set(main, c.digits().low().get(limb), row, slope[2 * limb] + SignedDigits.OFFSET);
        Column high = c.digits().high().get(limb);
        set(main, high, row, main[high.index()][row] - 1);
    }

    private static void set(int[][] main, Column column, int row, int value) {
        main[column.index()][row] = Math.floorMod(value, KoalaBear.P);
    }

    private static int at(int[] limbs, int k) {
        return k < LIMBS ? limbs[k] : 0;
    }

    private static int[] bytes(BigInteger number) {
        return Numbers.bytes(number, DIGITS);
    }

    static int[] limbs(BigInteger number) {
        int[] limbs = new int[LIMBS];
        for (int k = 0; k < LIMBS; k++) {
            limbs[k] = number.shiftRight(16 * k).intValue() & 0xFFFF;
        }
        return limbs;
    }

    /** A trace, canonical, whose first blocks are these calls. */
    static Trace trace(Secp256k1Circuit circuit, int[][] preprocessed, List<Secp256k1Forger> forgers) {
        Trace trace = new Trace(circuit.program(), preprocessed);
        List<PrecompileCall> calls = new ArrayList<>();
        for (Secp256k1Forger forger : forgers) {
            calls.add(forger.call(1, 100 * calls.size()));
        }
        circuit.fillShared(trace.stage(Stage.SHARED), calls);
        Secp256k1Rows rows = new Secp256k1Rows(
                circuit.layout(), trace.stage(Stage.MAIN), circuit.table().counter());
        for (int i = 0; i < circuit.capacity(); i++) {
            boolean selected = i < calls.size();
            rows.call(
                    Secp256k1Layout.ROWS * i,
                    selected ? new Secp256k1Operands(calls.get(i)) : Secp256k1Operands.PADDING,
                    selected);
        }
        for (int i = 0; i < forgers.size(); i++) {
            forgers.get(i).write(circuit, trace, Secp256k1Layout.ROWS * i);
        }
        return trace;
    }
}
