package dev.thimble.merkle;

import dev.thimble.hash.Digest;
import java.util.List;

/** The siblings on the way from a leaf to the cap, the leaf's own sibling first. */
public record MerklePath(List<Digest> siblings) {
    public MerklePath {
        siblings = List.copyOf(siblings);
    }
}
