/** FRI: parameters, proof, prover, verifier, soundness. */
@NullMarked
package dev.thimble.fri;

import org.jspecify.annotations.NullMarked;
