package dev.thimble.riscvcircuits;

import dev.thimble.air.Column;
import dev.thimble.air.Constraints;
import dev.thimble.air.Term;

/** A 32-bit word in two columns: value = low + 2^16·high with 16-bit limbs. It never sits in one cell: 2^32 &gt; p. */
record Word(Column low, Column high) {
    static Word shared(Constraints cs, String name) {
        return new Word(cs.shared(name + ".low"), cs.shared(name + ".high"));
    }

    static Word main(Constraints cs, String name) {
        return new Word(cs.main(name + ".low"), cs.main(name + ".high"));
    }

    /** Constrains flag·(this − other) = 0 limb by limb. */
    void equalWhen(Constraints cs, String name, Term flag, Word other) {
        cs.whenEqual(name + ", low limb", flag, low, other.low);
        cs.whenEqual(name + ", high limb", flag, high, other.high);
    }
}
