/** Keys, proofs and the verifier of one STARK. */
@NullMarked
package dev.thimble.starkverifier;

import org.jspecify.annotations.NullMarked;
