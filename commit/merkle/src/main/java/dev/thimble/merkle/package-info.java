/** Merkle trees with caps and batch openings. */
@NullMarked
package dev.thimble.merkle;

import org.jspecify.annotations.NullMarked;
