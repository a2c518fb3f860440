package dev.thimble.precompilecircuits;

import dev.thimble.air.Column;
import dev.thimble.air.Stage;
import dev.thimble.air.Trace;
import dev.thimble.field.KoalaBear;
import dev.thimble.riscv.PrecompileCall;
import java.math.BigInteger;

/** Writes the main columns of U256 and counts its look-ups. Canonical values. */
final class Uint256Rows {
    private static final int LIMBS = Uint256Layout.LIMBS;

    private final Uint256Layout c;
    private final int[][] main;
    private final int height;
    private final LimbTable.Counter counter;
    private int rows;

    Uint256Rows(Uint256Layout layout, Trace trace, LimbTable.Counter counter) {
        this.c = layout;
        this.main = trace.stage(Stage.MAIN);
        this.height = trace.height();
        this.counter = counter;
    }

    /** Two rows. Where the result is wrong, q is the quotient and the last equations that do not hold stay so. */
    void call(int row, PrecompileCall call) {
        int[] x = Calls.limbs(call.before(), 16, 8);
        int[] r = Calls.limbs(call.after(), 16, 8);
        int[] y = Calls.limbs(call.before(), 0, 8);
        int[] m = Calls.limbs(call.before(), 8, 8);
        limbs(row, 0, x);
        limbs(row, LIMBS, r);
        limbs(row + 1, 0, y);
        limbs(row + 1, LIMBS, m);
        BigInteger modulus = Numbers.ofLimbs(m);
        BigInteger product = Numbers.ofLimbs(x).multiply(Numbers.ofLimbs(y));
        BigInteger quotient = modulus.signum() == 0 ? BigInteger.ZERO : product.divide(modulus);
        int[] q = Numbers.bytes(quotient, 4 * LIMBS);
        for (int i = 0; i < 2 * LIMBS; i++) {
            put(c.quotientLow().get(i % LIMBS), row + i / LIMBS, q[2 * i]);
            put(c.quotientHigh().get(i % LIMBS), row + i / LIMBS, q[2 * i + 1]);
            counter.bytes(q[2 * i], q[2 * i + 1]);
        }
        carries(row, Numbers.bytes(x), Numbers.bytes(y), q, Numbers.bytes(m), r);
        below(row, r, m);
        rows = row + 2;
    }

    private void limbs(int row, int from, int[] limbs) {
        for (int i = 0; i < LIMBS; i++) {
            put(c.low().get(from + i), row, limbs[i] & 0xFF);
            counter.bytes(limbs[i] & 0xFF, limbs[i] >>> 8);
        }
    }

    private void carries(int row, int[] x, int[] y, int[] q, int[] m, int[] r) {
        long carry = 0;
        for (int k = 0; k < Uint256Layout.EQUATIONS; k++) {
            long sum = LimbProducts.limb(x, y, k) - LimbProducts.limb(q, m, k) + carry - (k < LIMBS ? r[k] : 0);
            carry = sum >> 16;
            boolean isLast = k == Uint256Layout.EQUATIONS - 1;
            int stored = isLast ? 0 : (int) carry + Uint256Layout.CARRY_OFFSET;
            put(c.carry().get(k % Uint256Layout.CARRIES), row + k / Uint256Layout.CARRIES, stored);
            counter.range(Uint256Layout.CARRY_BITS, stored);
        }
    }

    private void below(int row, int[] r, int[] m) {
        int marked = LIMBS - 1;
        while (marked > 0 && r[marked] == m[marked]) {
            marked--;
        }
        int gap = m[marked] - r[marked] - 1;
        put(c.marker().get(marked), row, 1);
        put(c.gap(), row, gap);
        put(c.gapLow(), row, gap & 0xFF);
        counter.bytes(gap & 0xFF, gap >>> 8);
        counter.bytes(0, 0);
    }

    /** The rows without a call: look-ups of zeros only. */
    void finish() {
        int lookups = 3 * LIMBS + 1;
        for (int row = rows; row < height; row++) {
            for (int i = 0; i < lookups; i++) {
                counter.bytes(0, 0);
            }
            for (int i = 0; i < Uint256Layout.CARRIES; i++) {
                counter.range(Uint256Layout.CARRY_BITS, 0);
            }
        }
        counter.fill(main);
    }

    private void put(Column column, int row, int value) {
        main[column.index()][row] = Math.floorMod(value, KoalaBear.P);
    }
}
