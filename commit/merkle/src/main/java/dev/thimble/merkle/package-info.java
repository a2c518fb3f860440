/**
 * Merkle trees over the rows of a column-major matrix, with a cap of several digests in place of a root.
 *
 * <p>Leaf r is the padding-free sponge hash of row r, a node the truncated permutation of its two children: the shape
 * (rows, width, cap) must be fixed by what the verifier holds, never by the proof. A proof opens a row: its values and
 * the siblings from the leaf up to the cap.
 *
 * <p>Start with {@link dev.thimble.merkle.MerkleTree}; the other side is {@link dev.thimble.merkle.MerkleVerifier}.
 */
@NullMarked
package dev.thimble.merkle;

import org.jspecify.annotations.NullMarked;
