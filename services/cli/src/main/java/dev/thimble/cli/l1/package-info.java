/**
 * The chain below: its address and keys, and the commands {@code deposit} and {@code withdraw}.
 */
@NullMarked
package dev.thimble.cli.l1;

import org.jspecify.annotations.NullMarked;
