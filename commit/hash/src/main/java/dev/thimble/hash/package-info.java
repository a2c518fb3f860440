/**
 * Poseidon2 over KoalaBear, width 16, S-box x^3: the permutation, the sponge of rate 8, the truncated permutation, and
 * bulk hashing of matrix rows and tree levels as a scalar and a Vector API twin.
 *
 * <p>Round numbers and constants are data of the protocol version ({@link dev.thimble.hash.Poseidon2Parameters}).
 * Leaves of trees are hashed without padding and nodes by the truncated permutation: both only in trees whose shape the
 * verification key fixes. Everything else is hashed by {@link dev.thimble.hash.Sponge} with (domain, length) in the
 * capacity.
 *
 * <p>Start with {@link dev.thimble.hash.Poseidon2}. Papers: Poseidon2, ePrint 2023/323.
 */
@NullMarked
package dev.thimble.hash;

import org.jspecify.annotations.NullMarked;
