/**
 * The Fiat–Shamir transcript: a duplex sponge over Poseidon2 (width 16, rate 8) that turns an interactive proof into a
 * non-interactive one.
 *
 * <p>Prover and verifier {@code observe} the same values in the same order and {@code sample} the same challenges.
 * Every message of the protocol has a length fixed by the verification key, so the order of calls alone fixes the
 * meaning of each element. Grinding is part of the transcript: the nonce is observed, then the next challenge must start
 * with zero bits. Start with {@link dev.thimble.transcript.Transcript}.
 */
@NullMarked
package dev.thimble.transcript;

import org.jspecify.annotations.NullMarked;
