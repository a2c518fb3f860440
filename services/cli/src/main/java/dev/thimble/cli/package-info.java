/** The command thimble. */
@NullMarked
package dev.thimble.cli;

import org.jspecify.annotations.NullMarked;
