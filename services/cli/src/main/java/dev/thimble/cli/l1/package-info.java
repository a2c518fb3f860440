/**
 * The chain below: its address and keys, and the commands {@code deposit}, {@code withdraw} and {@code claim}.
 */
@NullMarked
package dev.thimble.cli.l1;

import org.jspecify.annotations.NullMarked;
