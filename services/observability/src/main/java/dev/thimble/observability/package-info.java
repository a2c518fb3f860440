/**
 * What operators see of a running component: Prometheus metrics, whether it lives ({@code /health}), whether it can work
 * and if not why ({@code /ready}), and a log whose lines carry the ids of batch, job and worker.
 *
 * <p>Start with {@link dev.thimble.observability.Observability}, one per process.
 */
@NullMarked
package dev.thimble.observability;

import org.jspecify.annotations.NullMarked;
