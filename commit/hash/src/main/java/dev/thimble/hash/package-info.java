/** Poseidon2: permutation, compression, sponge. */
@NullMarked
package dev.thimble.hash;

import org.jspecify.annotations.NullMarked;
