package dev.thimble.merkle;

import dev.thimble.field.Workers;
import dev.thimble.hash.Digest;
import dev.thimble.hash.HashKernels;
import java.util.ArrayList;
import java.util.List;

/**
 * The Merkle tree of a column-major matrix of 2^logRows rows. It keeps the columns (by reference: they must not change)
 * and all digests, 32 bytes times two per row.
 */
public final class MerkleTree {
    private static final int STEP = 1 << 10;

    private final int[][] columns;
    private final int logRows;
    private final int logCap;
    private final List<int[]> levels;

    private MerkleTree(int[][] columns, int logRows, int logCap, List<int[]> levels) {
        this.columns = columns;
        this.logRows = logRows;
        this.logCap = logCap;
        this.levels = levels;
    }

    /**
     * Commits to the rows of {@code columns}.
     *
     * @param columns columns of 2^logRows Montgomery elements each
     * @param logCap the depth of the cap: it has 2^logCap digests; at most logRows
     */
    public static MerkleTree commit(int[][] columns, int logRows, int logCap, HashKernels kernels, Workers workers) {
        if (logRows < 0 || logRows > 27 || logCap < 0 || logCap > logRows) {
            throw new IllegalArgumentException(
                    "logRows " + logRows + ", logCap " + logCap + ": 0 <= logCap <= logRows <= 27 must hold");
        }
        int rows = 1 << logRows;
        for (int i = 0; i < columns.length; i++) {
            if (columns[i].length != rows) {
                throw new IllegalArgumentException(
                        "columns[" + i + "].length " + columns[i].length + " is not " + rows);
            }
        }
        List<int[]> levels = new ArrayList<>();
        int[] leaves = new int[rows * Digest.LENGTH];
        workers.forRanges(rows, STEP, (from, to) -> kernels.leaves(columns, from, to, leaves));
        levels.add(leaves);
        for (int log = logRows - 1; log >= logCap; log--) {
            int[] children = levels.getLast();
            int[] parents = new int[Digest.LENGTH << log];
            workers.forRanges(1 << log, STEP, (from, to) -> kernels.compress(children, from, to, parents));
            levels.add(parents);
        }
        return new MerkleTree(columns, logRows, logCap, levels);
    }

    /**
     * The tree of columns whose digests are known already, as {@link #levels} gave them. Nothing is hashed: the caller vouches
     * for the digests.
     */
    public static MerkleTree restore(int[][] columns, int logRows, int logCap, List<int[]> levels) {
        if (levels.size() != logRows - logCap + 1) {
            throw new IllegalArgumentException("levels.size " + levels.size() + " is not " + (logRows - logCap + 1));
        }
        for (int i = 0; i < levels.size(); i++) {
            if (levels.get(i).length != Digest.LENGTH << (logRows - i)) {
                throw new IllegalArgumentException(
                        "levels[" + i + "].length " + levels.get(i).length + " does not fit");
            }
        }
        return new MerkleTree(columns, logRows, logCap, List.copyOf(levels));
    }

    public int logRows() {
        return logRows;
    }

    public int logCap() {
        return logCap;
    }

    /** All digests, packed, from the leaves up to the cap; not copied. */
    public List<int[]> levels() {
        return List.copyOf(levels);
    }

    public MerkleCap cap() {
        List<Digest> digests = new ArrayList<>();
        for (int i = 0; i < 1 << logCap; i++) {
            digests.add(Digest.of(levels.getLast(), i * Digest.LENGTH));
        }
        return new MerkleCap(digests);
    }

    /** Opens row {@code row}. */
    public MerkleOpening open(int row) {
        if (row < 0 || row >= 1 << logRows) {
            throw new IllegalArgumentException("row " + row + " is not in [0, " + (1 << logRows) + ")");
        }
        int[] values = new int[columns.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = columns[i][row];
        }
        List<Digest> siblings = new ArrayList<>();
        for (int level = 0; level < logRows - logCap; level++) {
            siblings.add(Digest.of(levels.get(level), ((row >> level) ^ 1) * Digest.LENGTH));
        }
        return new MerkleOpening(values, new MerklePath(siblings));
    }
}
