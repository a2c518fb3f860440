/**
 * The command {@code bench}: each suite measures what its issue promises, against its bar.
 */
@NullMarked
package dev.thimble.cli.bench;

import org.jspecify.annotations.NullMarked;
