package dev.thimble.merkle;

import java.util.Arrays;

/** An opened row: its values in column order (Montgomery form) and the path from its leaf to the cap. */
public final class MerkleOpening {
    private final int[] values;
    private final MerklePath path;

    public MerkleOpening(int[] values, MerklePath path) {
        this.values = values.clone();
        this.path = path;
    }

    /** Returns a copy of the row. */
    public int[] values() {
        return values.clone();
    }

    public int value(int column) {
        return values[column];
    }

    public int width() {
        return values.length;
    }

    public MerklePath path() {
        return path;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MerkleOpening opening
                && Arrays.equals(values, opening.values)
                && path.equals(opening.path);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(values) + path.hashCode();
    }

    @Override
    public String toString() {
        return "MerkleOpening[width " + values.length + ", siblings "
                + path.siblings().size() + "]";
    }
}
