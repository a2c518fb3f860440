package dev.thimble.hash;

import dev.thimble.field.KoalaBear;
import java.util.List;

/**
 * The overwrite sponge of rate 8 over a Poseidon2 permutation: each block of up to 8 elements replaces the first
 * elements of the state and is followed by a permutation; the digest is the first 8 elements. Immutable.
 */
public final class Sponge {
    /** The sponge of protocol version 1. */
    public static final Sponge V1 = new Sponge(Poseidon2.V1);

    private static final int RATE = Poseidon2.RATE;

    private final Poseidon2 permutation;

    public Sponge(Poseidon2 permutation) {
        this.permutation = permutation;
    }

    public Poseidon2 permutation() {
        return permutation;
    }

    /**
     * Hashes a list of any length: the capacity starts as (domain, length, 0, ..., 0), so lists of different domains or
     * lengths never share a state. The empty list takes one permutation.
     */
    public Digest hash(Domain domain, int[] elements) {
        int[] state = new int[Poseidon2.WIDTH];
        state[RATE] = KoalaBear.fromCanonical(domain.identifier());
        state[RATE + 1] = KoalaBear.fromCanonical(elements.length);
        if (elements.length == 0) {
            permutation.permute(state);
        }
        absorb(state, elements);
        return Digest.of(state, 0);
    }

    /** Hashes the concatenation of digests. */
    public Digest hash(Domain domain, List<Digest> digests) {
        int[] elements = new int[digests.size() * Digest.LENGTH];
        for (int i = 0; i < digests.size(); i++) {
            digests.get(i).store(elements, i * Digest.LENGTH);
        }
        return hash(domain, elements);
    }

    /**
     * Hashes a row without padding, from the all-zero state; cells of a partial last block that are not overwritten keep
     * their values. Collision resistant among rows of one length only: for leaves of trees whose width a verification
     * key fixes.
     */
    public Digest leaf(int[] row) {
        int[] state = new int[Poseidon2.WIDTH];
        absorb(state, row);
        return Digest.of(state, 0);
    }

    /** Returns the first half of the permuted concatenation: only for nodes of trees over sponge-hashed leaves. */
    public Digest compress(Digest left, Digest right) {
        int[] state = new int[Poseidon2.WIDTH];
        left.store(state, 0);
        right.store(state, RATE);
        permutation.permute(state);
        return Digest.of(state, 0);
    }

    private void absorb(int[] state, int[] elements) {
        for (int i = 0; i < elements.length; i += RATE) {
            System.arraycopy(elements, i, state, 0, Math.min(RATE, elements.length - i));
            permutation.permute(state);
        }
    }
}
