/**
 * PLONK over BN254 in snarkjs' format: circuits of vanilla gates, common reference strings, setup and prover.
 *
 * <p>Start with {@link PlonkCircuit.Builder} to write a circuit, {@link Crs} to open a common reference string, {@link PlonkSetup} to make its
 * proving key and {@link PlonkProver} to prove; the proof is checked by {@code dev.thimble.plonkverifier.PlonkVerifier}. Circuits and witnesses can be exported with
 * {@link SnarkjsFiles}, so that snarkjs repeats setup and proof independently.
 *
 * <p>Paper: Gabizon, Williamson, Ciobotaru, "PLONK", ePrint 2019/953, §8.
 */
@NullMarked
package dev.thimble.plonk;

import org.jspecify.annotations.NullMarked;
