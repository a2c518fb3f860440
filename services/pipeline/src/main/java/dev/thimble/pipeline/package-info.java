/**
 * The stages a batch goes through, as pure functions over artifacts: no queue, no store, no files.
 *
 * <p>{@link dev.thimble.pipeline.ProvingSetup} holds circuits and keys of one program and profile.
 * {@link dev.thimble.pipeline.BasicRound} has the steps of round basic_circuits: execute → commit → challenge → trace →
 * prove → verify; {@link dev.thimble.pipeline.CircuitInput} is what passes between them. Equal arguments give equal results
 * on every machine, so any step may be repeated anywhere. {@link dev.thimble.pipeline.LocalBatch} runs all of them in one
 * process.
 */
@NullMarked
package dev.thimble.pipeline;

import org.jspecify.annotations.NullMarked;
