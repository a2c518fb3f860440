/**
 * The circuits of the functions that the machine does not execute instruction by instruction: keccak-f[1600], addition and
 * doubling on secp256k1, x·y mod m on 256 bits.
 *
 * <p>An instance takes a list of calls from the bus {@link dev.thimble.precompilecircuits.PrecompileCircuit#WORDS}, where
 * MAIN_VM gives one message for every word of a call, and proves that the new words are the function of the old ones.
 * Instances hold calls of all segments of a batch; nothing links one call to another. Start with
 * {@link dev.thimble.precompilecircuits.PrecompileCircuit}, then {@link dev.thimble.precompilecircuits.Uint256Circuit}, the
 * smallest.
 *
 * <p>Book pages: docs/book/keccak-f.md, docs/book/secp256k1.md, docs/book/u256.md.
 */
@NullMarked
package dev.thimble.precompilecircuits;

import org.jspecify.annotations.NullMarked;
