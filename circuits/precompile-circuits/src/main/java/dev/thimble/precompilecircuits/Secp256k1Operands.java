package dev.thimble.precompilecircuits;

import dev.thimble.riscv.PrecompileCall;
import dev.thimble.riscv.Syscall;

/** The limbs of a call's coordinates. */
@SuppressWarnings("ArrayRecordComponent")
record Secp256k1Operands(boolean twice, int[] x1, int[] y1, int[] x2, int[] y2, int[] x3, int[] y3) {
    private static final int LIMBS = Secp256k1Layout.LIMBS;
    private static final int WORDS = LIMBS / 2;
    private static final int[] ZERO = new int[LIMBS];

    /** The doubling of (0, 1), which is (0, −1): fills the rows without a call. */
    static final Secp256k1Operands PADDING = new Secp256k1Operands(true, ZERO, one(), ZERO, ZERO, ZERO, minusOne());

    Secp256k1Operands(PrecompileCall call) {
        this(call, call.number() == Syscall.SECP256K1_DOUBLE);
    }

    private Secp256k1Operands(PrecompileCall call, boolean twice) {
        this(
                twice,
                coordinate(call.before(), twice ? 0 : 2),
                coordinate(call.before(), twice ? 1 : 3),
                twice ? ZERO : coordinate(call.before(), 0),
                twice ? ZERO : coordinate(call.before(), 1),
                coordinate(call.after(), twice ? 0 : 2),
                coordinate(call.after(), twice ? 1 : 3));
    }

    private static int[] coordinate(int[] words, int index) {
        return Calls.limbs(words, WORDS * index, WORDS);
    }

    private static int[] one() {
        int[] limbs = new int[LIMBS];
        limbs[0] = 1;
        return limbs;
    }

    private static int[] minusOne() {
        int[] limbs = new int[LIMBS];
        java.util.Arrays.fill(limbs, 0xFFFF);
        limbs[0] = 0xFC2E;
        limbs[2] = 0xFFFE;
        return limbs;
    }

    /** The limbs in the old columns of row r. */
    int[] old(int r) {
        return switch (r) {
            case 0 -> y2;
            case 1 -> x2;
            case 2 -> x1;
            default -> y1;
        };
    }

    /** The limbs in the next columns of row r; words that are read keep their values. */
    int[] next(int r) {
        return switch (r) {
            case 0 -> y2;
            case 1 -> x2;
            case 2 -> x3;
            default -> y3;
        };
    }
}
