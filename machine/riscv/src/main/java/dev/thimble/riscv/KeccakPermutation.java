package dev.thimble.riscv;

/**
 * The permutation keccak-f[1600] on 25 lanes of 64 bits, lane (x, y) at x + 5·y. Source: FIPS 202, section 3; round
 * constants and rotations are computed by its algorithms 5 and 2.
 */
public final class KeccakPermutation {
    public static final int ROUNDS = 24;
    public static final int LANES = 25;

    private static final long[] ROUND_CONSTANTS = roundConstants();
    private static final int[] ROTATIONS = rotations();
    /** Lane (y, 2x + 3y), to which π moves lane (x, y). */
    private static final int[] TARGETS = targets();

    private KeccakPermutation() {}

    /** The constant that round {@code round} (0 to 23) adds to lane 0. */
    public static long roundConstant(int round) {
        return ROUND_CONSTANTS[round];
    }

    /** By how many bits ρ rotates lane x + 5·y to the left. */
    public static int rotation(int lane) {
        return ROTATIONS[lane];
    }

    /** Where π moves lane x + 5·y. */
    public static int target(int lane) {
        return TARGETS[lane];
    }

    /** Permutes 50 words, low word of each lane first. */
    static boolean apply(int[] before, int[] after) {
        long[] lanes = new long[LANES];
        for (int i = 0; i < LANES; i++) {
            lanes[i] = (before[2 * i] & 0xFFFF_FFFFL) | ((long) before[2 * i + 1] << 32);
        }
        for (int round = 0; round < ROUNDS; round++) {
            round(lanes, round);
        }
        for (int i = 0; i < LANES; i++) {
            after[2 * i] = (int) lanes[i];
            after[2 * i + 1] = (int) (lanes[i] >>> 32);
        }
        return true;
    }

    /** One round, in place. */
    public static void round(long[] a, int round) {
        long[] parity = new long[5];
        for (int x = 0; x < 5; x++) {
            parity[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
        }
        long[] moved = new long[LANES];
        for (int x = 0; x < 5; x++) {
            long d = parity[(x + 4) % 5] ^ Long.rotateLeft(parity[(x + 1) % 5], 1);
            for (int lane = x; lane < LANES; lane += 5) {
                moved[TARGETS[lane]] = Long.rotateLeft(a[lane] ^ d, ROTATIONS[lane]);
            }
        }
        for (int y = 0; y < LANES; y += 5) {
            for (int x = 0; x < 5; x++) {
                a[y + x] = moved[y + x] ^ (~moved[y + (x + 1) % 5] & moved[y + (x + 2) % 5]);
            }
        }
        a[0] ^= ROUND_CONSTANTS[round];
    }

    /** Bit 2^j − 1 of the constant of round i is output 7·i + j of an 8-bit feedback register. */
    private static long[] roundConstants() {
        long[] constants = new long[ROUNDS];
        int register = 1;
        for (int round = 0; round < ROUNDS; round++) {
            for (int j = 0; j < 7; j++) {
                if ((register & 1) != 0) {
                    constants[round] |= 1L << ((1 << j) - 1);
                }
                register = (register & 0x80) != 0 ? (register << 1) ^ 0x171 : register << 1;
            }
        }
        return constants;
    }

    private static int[] rotations() {
        int[] rotations = new int[LANES];
        int lane = 1;
        for (int t = 0; t < 24; t++) {
            rotations[lane] = (t + 1) * (t + 2) / 2 % 64;
            lane = targetOf(lane);
        }
        return rotations;
    }

    private static int[] targets() {
        int[] targets = new int[LANES];
        for (int lane = 0; lane < LANES; lane++) {
            targets[lane] = targetOf(lane);
        }
        return targets;
    }

    private static int targetOf(int lane) {
        int x = lane % 5;
        int y = lane / 5;
        return y + 5 * ((2 * x + 3 * y) % 5);
    }
}
