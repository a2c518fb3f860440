package dev.thimble.merkle;

import dev.thimble.hash.Digest;
import dev.thimble.hash.Domain;
import dev.thimble.hash.Sponge;
import java.util.List;

/** The nodes of a Merkle tree at depth logSize, left to right: the commitment. Their number is a power of two. */
public record MerkleCap(List<Digest> digests) {
    public MerkleCap {
        digests = List.copyOf(digests);
        if (Integer.bitCount(digests.size()) != 1) {
            throw new IllegalArgumentException("digests.size " + digests.size() + " is not a power of two");
        }
    }

    /** Returns the depth at which the tree is cut. */
    public int logSize() {
        return Integer.numberOfTrailingZeros(digests.size());
    }

    /** Returns the one digest that stands for the cap: the sponge hash of its digests. */
    public Digest digest(Sponge sponge) {
        return sponge.hash(Domain.CAP, digests);
    }
}
