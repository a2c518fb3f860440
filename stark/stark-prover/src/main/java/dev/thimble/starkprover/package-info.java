/**
 * Proves that a trace satisfies a circuit.
 *
 * <p>{@link dev.thimble.starkprover.KeyGenerator} makes keys from preprocessed columns;
 * {@link dev.thimble.starkprover.SharedCommitment} commits to shared columns alone, before a batch challenge exists;
 * {@link dev.thimble.starkprover.StarkProver} goes from a trace to a proof in stages: shared, main, lookup, quotient,
 * openings, FRI. Constraints are evaluated over blocks of rows by {@code TapePlan} and {@code BlockEvaluator}. Equal
 * inputs give equal bytes for any number of threads and either kernel twin.
 *
 * <p>Start with {@code StarkProver}.
 */
@NullMarked
package dev.thimble.starkprover;

import org.jspecify.annotations.NullMarked;
