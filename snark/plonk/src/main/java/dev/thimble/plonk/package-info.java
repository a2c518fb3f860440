/** PLONK prover, setup and common reference strings. */
@NullMarked
package dev.thimble.plonk;

import org.jspecify.annotations.NullMarked;
