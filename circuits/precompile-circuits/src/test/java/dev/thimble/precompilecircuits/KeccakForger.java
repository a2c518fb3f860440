package dev.thimble.precompilecircuits;

import dev.thimble.air.Column;
import dev.thimble.air.Trace;
import dev.thimble.field.KoalaBear;

/** Writes rows of KECCAK_F from any parities and bits after θ, be they bits or not: all other cells follow from them. */
final class KeccakForger {
    private static final int BITS = KeccakLayout.BITS;
    private static final long P = KoalaBear.P;

    final long[] parity = new long[5 * BITS];
    final long[] mixed = new long[KeccakLayout.LANES * BITS];
    private final KeccakLayout c;
    private final Trace trace;
    private final int row;

    KeccakForger(KeccakLayout layout, Trace trace, int row) {
        this.c = layout;
        this.trace = trace;
        this.row = row;
    }

    /** The honest parities and bits of a state. */
    KeccakForger state(long[] state) {
        for (int x = 0; x < 5; x++) {
            long column = state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20];
            for (int z = 0; z < BITS; z++) {
                parity[BITS * x + z] = column >>> z & 1;
            }
        }
        for (int lane = 0; lane < KeccakLayout.LANES; lane++) {
            for (int z = 0; z < BITS; z++) {
                mixed[BITS * lane + z] = xor(correction(lane % 5, z), state[lane] >>> z & 1);
            }
        }
        return this;
    }

    /** Writes the row. */
    void write() {
        for (int i = 0; i < parity.length; i++) {
            trace.set(c.parity().get(i), row, parity[i]);
        }
        for (int i = 0; i < mixed.length; i++) {
            trace.set(c.mixed().get(i), row, mixed[i]);
        }
        halves();
        limbs(true);
        for (int i = 0; i < KeccakLayout.CONSTANT_BITS.length; i++) {
            trace.set(c.zero().get(i), row, afterChi(0, KeccakLayout.CONSTANT_BITS[i]));
        }
        limbs(false);
    }

    private void halves() {
        for (int x = 0; x < 5; x++) {
            for (int z = 0; z < BITS; z++) {
                long excess = P - xor(at(parity, x, z), correction(x, z));
                for (int y = 0; y < 5; y++) {
                    excess += mixed[BITS * (x + 5 * y) + z];
                }
                trace.set(c.half().get(BITS * x + z), row, excess % P * ((P + 1) / 2) % P);
            }
        }
    }

    /** Writes the state after the round again, from the bits of lane 0 as they stand in the trace. */
    void next() {
        limbs(false);
    }

    private void limbs(boolean before) {
        for (int lane = 0; lane < KeccakLayout.LANES; lane++) {
            for (int limb = 0; limb < 4; limb++) {
                long value = 0;
                for (int bit = 15; bit >= 0; bit--) {
                    int z = 16 * limb + bit;
                    long of = before ? xor(correction(lane % 5, z), mixed[BITS * lane + z]) : afterRound(lane, z);
                    value = (2 * value + of) % P;
                }
                trace.set((before ? c.state() : c.next()).get(4 * lane + limb), row, value);
            }
        }
    }

    private long afterRound(int lane, int z) {
        for (int i = 0; lane == 0 && i < KeccakLayout.CONSTANT_BITS.length; i++) {
            if (KeccakLayout.CONSTANT_BITS[i] == z) {
                return xor(
                        trace.get(c.zero().get(i), row), trace.get(c.constant().get(i), row));
            }
        }
        return afterChi(lane, z);
    }

    private long afterChi(int lane, int z) {
        int x = lane % 5;
        int y = lane / 5;
        long masked = (1 + P - get(c.moved(x + 1, y, z))) * get(c.moved(x + 2, y, z)) % P;
        return xor(masked, get(c.moved(x, y, z)));
    }

    private long get(Column column) {
        return trace.get(column, row);
    }

    private static long at(long[] parity, int x, int z) {
        return parity[BITS * Math.floorMod(x, 5) + Math.floorMod(z, BITS)];
    }

    private long correction(int x, int z) {
        return xor(at(parity, x - 1, z), at(parity, x + 1, z - 1));
    }

    private static long xor(long a, long b) {
        return Math.floorMod(a + b - 2 * (a * b % P), P);
    }
}
