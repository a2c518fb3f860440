package dev.thimble.riscvcircuits;

import dev.thimble.field.KoalaBear;

/** Inverses of powers of two modulo p, canonical. */
final class Inverses {
    static final int OF_4 = ofPowerOfTwo(2);
    static final int OF_2_8 = ofPowerOfTwo(8);
    static final int OF_2_16 = ofPowerOfTwo(16);

    private Inverses() {}

    private static int ofPowerOfTwo(int exponent) {
        return KoalaBear.toCanonical(KoalaBear.inverse(KoalaBear.fromCanonical(1 << exponent)));
    }
}
