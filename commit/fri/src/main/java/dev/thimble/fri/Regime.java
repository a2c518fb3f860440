package dev.thimble.fri;

/**
 * The decoding regime in which proximity is analysed. It changes no message of the protocol, only which distance the
 * queries must reject and therefore how many bits each term has.
 *
 * <p>Proofs that carry shared columns must use {@link UniqueDecoding}: above half the distance a root fixes a list of
 * columns, and a prover could choose from it after the batch challenge is known.
 */
public sealed interface Regime {
    /** Distance (1 − ρ)/2: a root fixes one codeword. Source: ePrint 2025/2055, Corollary 1.4. */
    record UniqueDecoding() implements Regime {}

    /**
     * Distance 1 − √ρ·(1 + 1/2m). Source: ePrint 2025/2055, Theorem 4.2 with η = √ρ/2m.
     *
     * @param multiplicity m, at least 3
     */
    record Johnson(int multiplicity) implements Regime {
        public Johnson {
            if (multiplicity < 3) {
                throw new IllegalArgumentException("multiplicity must be at least 3: " + multiplicity);
            }
        }
    }

    static Regime uniqueDecoding() {
        return new UniqueDecoding();
    }

    /** The multiplicity m, or 0 for unique decoding: the regime as data of the verification key. */
    default int code() {
        return switch (this) {
            case UniqueDecoding ignored -> 0;
            case Johnson johnson -> johnson.multiplicity();
        };
    }

    /** The inverse of {@link #code()}. */
    static Regime ofCode(int code) {
        return code == 0 ? uniqueDecoding() : new Johnson(code);
    }
}
