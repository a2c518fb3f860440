/**
 * The components that work through the queue. {@link dev.thimble.workers.Components} puts them together: the witness generator executes batches, commits to
 * their instances, draws the challenge and verifies all proofs of a batch; the prover turns a trace
 * into a proof; {@link dev.thimble.workers.VectorGenerator} makes traces for provers that ask for them.
 *
 * <p>What each does for a job stands in one class per kind of job ({@link dev.thimble.workers.ExecuteJob} and so on), all of
 * them on top of {@link dev.thimble.workers.Workshop}: the store, the keys, the threads. Every job may be done twice,
 * anywhere, at any time: its artifacts follow from the batch alone, and one that is lost is made again.
 */
@NullMarked
package dev.thimble.workers;

import org.jspecify.annotations.NullMarked;
