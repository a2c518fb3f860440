/**
 * The commands {@code run}, {@code prove}, {@code verify}, {@code security} and {@code setup}: guests and their proofs, without services.
 */
@NullMarked
package dev.thimble.cli.proving;

import org.jspecify.annotations.NullMarked;
