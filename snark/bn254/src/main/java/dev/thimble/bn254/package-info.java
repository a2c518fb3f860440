/**
 * BN254 (alt_bn128): the pairing-friendly curve of Ethereum's precompiled contracts and of the final SNARK.
 *
 * <p>Two styles live side by side. Small values are immutable objects ({@link Fq}, {@link Fr}, {@link G1},
 * {@link G2}, {@link Pairing}): easy to read, used by verifiers. Bulk work runs on flat {@code long[]}: four little-endian limbs in
 * Montgomery form an element, through {@link PrimeField}, {@link Fft} and {@link Msm}.
 *
 * <p>Start with {@link Pairing} for the mathematics and with {@link Msm} for the speed. Nothing here is constant time: no secret scalar
 * that matters passes through it (blinding factors of a proof are used once).
 */
@NullMarked
package dev.thimble.bn254;

import org.jspecify.annotations.NullMarked;
