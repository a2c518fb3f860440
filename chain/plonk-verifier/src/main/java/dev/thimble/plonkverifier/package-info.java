/** Checks a PLONK proof over BN254 and nothing else. */
@NullMarked
package dev.thimble.plonkverifier;

import org.jspecify.annotations.NullMarked;
