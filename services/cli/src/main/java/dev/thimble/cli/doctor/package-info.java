/**
 * The commands {@code doctor} and {@code config show}: what is this machine, and what is Thimble told.
 */
@NullMarked
package dev.thimble.cli.doctor;

import org.jspecify.annotations.NullMarked;
