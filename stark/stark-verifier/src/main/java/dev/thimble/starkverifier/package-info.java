/**
 * Verifies STARK proofs of any circuit.
 *
 * <p>A {@link dev.thimble.starkverifier.VerifyingKey} fixes a circuit, its preprocessed columns and the parameters; a
 * {@link dev.thimble.starkverifier.StarkProof} is a header and canonical words of exact length;
 * {@link dev.thimble.starkverifier.StarkVerifier} replays the transcript and checks, in numbered steps, that committed
 * columns satisfy every constraint of the circuit. No bytes make it throw: the answer is a
 * {@link dev.thimble.fri.Verdict}.
 *
 * <p>Start with {@code StarkVerifier}. Papers: DEEP-ALI, ePrint 2022/1216; LogUp, ePrint 2022/1530; soundness, ePrint
 * 2025/2055.
 */
@NullMarked
package dev.thimble.starkverifier;

import org.jspecify.annotations.NullMarked;
