/**
 * The nouns of the pipeline as records and enums: batches, rounds, jobs, states, error codes, artifact names and
 * protocol versions. They are shared by the queue, the store, the gateway, the server and the workers, hold no logic
 * beyond their own validity and depend on nothing.
 *
 * <p>Start with {@link dev.thimble.model.JobKey}, which names one job, and {@link dev.thimble.model.ArtifactName}, which
 * names what it produces. Every enum has a {@code wireName()}: the text that stands in the database, in JSON and on the
 * command line.
 */
@NullMarked
package dev.thimble.model;

import org.jspecify.annotations.NullMarked;
