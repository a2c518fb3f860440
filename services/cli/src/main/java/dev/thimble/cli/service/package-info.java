/**
 * The commands that serve: {@code init}, {@code up}, {@code server}, {@code gateway} and the workers.
 *
 * <p>A {@link dev.thimble.cli.service.Station} opens what they all need; {@link dev.thimble.cli.service.Ensemble} is all of
 * them in one process.
 */
@NullMarked
package dev.thimble.cli.service;

import org.jspecify.annotations.NullMarked;
