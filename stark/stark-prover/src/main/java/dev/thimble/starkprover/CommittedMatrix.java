package dev.thimble.starkprover;

import dev.thimble.fri.FriParameters;
import dev.thimble.merkle.MerkleCap;
import dev.thimble.merkle.MerkleTree;
import dev.thimble.poly.CosetLde;

/**
 * Columns of a stage with their low-degree extension and its tree.
 *
 * @param values the columns over the rows, natural order; not changed
 * @param extended the same polynomials over g·⟨w⟩, natural order
 * @param tree the tree over the rows of {@code extended}
 */
@SuppressWarnings("ArrayRecordComponent") // large columns, held by reference and never compared
record CommittedMatrix(int[][] values, int[][] extended, MerkleTree tree) {

    /** Extends and commits. */
    static CommittedMatrix of(int[][] values, int logRows, FriParameters parameters, Engine engine) {
        CosetLde lde = new CosetLde(logRows, parameters.logBlowup(), engine.field());
        return ofExtended(values, lde.extend(values, engine.workers()), logRows, parameters, engine);
    }

    /** Commits to columns that are extended already. */
    static CommittedMatrix ofExtended(
            int[][] values, int[][] extended, int logRows, FriParameters parameters, Engine engine) {
        int logLength = logRows + parameters.logBlowup();
        MerkleTree tree =
                MerkleTree.commit(extended, logLength, parameters.logCapOf(logLength), engine.hash(), engine.workers());
        return new CommittedMatrix(values, extended, tree);
    }

    MerkleCap cap() {
        return tree.cap();
    }
}
