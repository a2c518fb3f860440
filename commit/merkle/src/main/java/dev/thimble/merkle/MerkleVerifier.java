package dev.thimble.merkle;

import dev.thimble.field.KoalaBear;
import dev.thimble.hash.Digest;
import dev.thimble.hash.Sponge;

/** Checks opened rows against a cap. */
public final class MerkleVerifier {
    private MerkleVerifier() {}

    /**
     * Tells whether {@code values} is row {@code row} of the matrix of 2^logRows rows and {@code width} columns that
     * {@code cap} commits to. Total: false, never an exception, for any values, row and path.
     *
     * @param logRows fixed by the verification key, as are width and the size of the cap
     */
    public static boolean verify(
            Sponge sponge, MerkleCap cap, int logRows, int width, int row, int[] values, MerklePath path) {
        boolean shaped = logRows >= cap.logSize()
                && logRows < Integer.SIZE - 1
                && row >= 0
                && row < 1 << logRows
                && values.length == width
                && path.siblings().size() == logRows - cap.logSize();
        if (!shaped) {
            return false;
        }
        for (int value : values) {
            if (!KoalaBear.isCanonical(value)) {
                return false;
            }
        }
        Digest node = sponge.leaf(values);
        int index = row;
        for (Digest sibling : path.siblings()) {
            node = (index & 1) == 0 ? sponge.compress(node, sibling) : sponge.compress(sibling, node);
            index >>= 1;
        }
        return node.equals(cap.digests().get(index));
    }
}
