package dev.thimble.transcript;

import dev.thimble.field.Ext4;
import dev.thimble.field.KoalaBear;
import dev.thimble.field.Workers;
import dev.thimble.hash.Digest;
import dev.thimble.hash.Domain;
import dev.thimble.hash.HashKernels;
import dev.thimble.hash.Poseidon2;

/**
 * A duplex sponge of width 16 and rate 8 in overwrite mode: observed elements replace the rate from its first element
 * on, a full rate or a wish to sample permutes the state, and samples are read from the rate from its first element on.
 *
 * <p><i>Units:</i> all elements are in Montgomery form. Bits (indices and grinding) are the low bits of the canonical
 * representative, one element per draw; because p − 1 = 127·2^24 up to 24 low bits are uniform up to 1/p. Grinding takes up
 * to 28 bits, where zero is at most 1 % likelier than 2^−bits.
 *
 * <p><i>Assumes:</i> the sequence of calls is fixed by the verification key (no variable lengths), and everything a later
 * step depends on is observed. Not safe for use by several threads.
 *
 * <p><i>Source:</i> duplex construction of Bertoni et al., "Duplexing the sponge" (2011); the proving page of the book, "Transcript order".
 */
public final class Transcript {
    private static final int RATE = Poseidon2.RATE;
    private static final int MAX_INDEX_BITS = 24;
    private static final int MAX_GRINDING_BITS = 28;

    private final Poseidon2 permutation;
    private final int[] state = new int[Poseidon2.WIDTH];
    private int observed;
    private int available;
    private long permutations;

    /** Starts a transcript of a protocol whose name, {@code domain}, is in the capacity from the start. */
    public Transcript(Poseidon2 permutation, Domain domain) {
        this.permutation = permutation;
        state[RATE] = KoalaBear.fromCanonical(domain.identifier());
    }

    /** Observes one base field element. */
    public void observe(int element) {
        available = 0;
        state[observed++] = element;
        if (observed == RATE) {
            permute();
        }
    }

    /** Observes base field elements in order; their number must be fixed by the protocol. */
    public void observe(int[] elements) {
        for (int element : elements) {
            observe(element);
        }
    }

    /** Observes the four coefficients of an extension element. */
    public void observe(Ext4 element) {
        observe(element.c0());
        observe(element.c1());
        observe(element.c2());
        observe(element.c3());
    }

    /** Observes the eight elements of a digest; a Merkle cap is observed as its sponge digest. */
    public void observe(Digest digest) {
        for (int i = 0; i < Digest.LENGTH; i++) {
            observe(digest.element(i));
        }
    }

    /** Samples one base field element. */
    public int sample() {
        if (observed > 0 || available == 0) {
            permute();
        }
        return state[RATE - available--];
    }

    /** Samples one extension element from four base elements. */
    public Ext4 sampleExt() {
        int c0 = sample();
        int c1 = sample();
        int c2 = sample();
        int c3 = sample();
        return new Ext4(c0, c1, c2, c3);
    }

    /**
     * Samples an integer in [0, 2^bits): the low bits of one element's canonical representative.
     *
     * @throws IllegalArgumentException if bits is negative or above 24
     */
    public int sampleBits(int bits) {
        requireBits(bits, MAX_INDEX_BITS);
        return lowBits(bits);
    }

    /**
     * Finds and observes the smallest nonce after which {@code bits} sampled bits are zero, and consumes that sample.
     * The result does not depend on the number of workers or on the kernels. With zero bits nothing is observed.
     *
     * @return the nonce as a canonical integer; 0 for zero bits
     */
    public int grind(int bits, Workers workers, HashKernels kernels) {
        requireBits(bits, MAX_GRINDING_BITS);
        if (bits == 0) {
            return 0;
        }
        int nonce = NonceSearch.smallest(state, observed, bits, workers, kernels);
        if (!checkGrinding(bits, nonce)) {
            throw new IllegalStateException("hash kernels and permutation disagree");
        }
        return nonce;
    }

    /**
     * Observes the nonce and returns whether the next {@code bits} sampled bits are zero. With zero bits nothing is
     * observed and only nonce 0 is right, so that a proof has one encoding.
     */
    public boolean checkGrinding(int bits, int nonce) {
        requireBits(bits, MAX_GRINDING_BITS);
        if (bits == 0) {
            return nonce == 0;
        }
        if (nonce < 0 || nonce >= KoalaBear.P) {
            return false;
        }
        observe(KoalaBear.fromCanonical(nonce));
        return lowBits(bits) == 0;
    }

    /** The permutations that observing and sampling took so far, those of the search for a nonce not counted. */
    public long permutations() {
        return permutations;
    }

    private void permute() {
        permutation.permute(state);
        permutations++;
        observed = 0;
        available = RATE;
    }

    private int lowBits(int bits) {
        return KoalaBear.toCanonical(sample()) & ((1 << bits) - 1);
    }

    private static void requireBits(int bits, int max) {
        if (bits < 0 || bits > max) {
            throw new IllegalArgumentException("bits must be in 0.." + max + ": " + bits);
        }
    }
}
