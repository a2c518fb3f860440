/**
 * Checks a PLONK proof over BN254 in snarkjs' format, and nothing else.
 *
 * <p>Start with {@link PlonkVerifier}. No bytes make it throw: whatever is wrong with a proof, its public inputs or the key comes back as
 * {@link Verdict.Rejected} with a reason. It accepts exactly what {@code snarkjs plonk verify} (0.7) accepts, minus what that lets through by
 * laxness: unknown or repeated JSON members, non-canonical numbers, points at infinity in a proof.
 */
@NullMarked
package dev.thimble.plonkverifier;

import org.jspecify.annotations.NullMarked;
