/**
 * The commands {@code block execute}, {@code block prove} and {@code eest}: Ethereum blocks through the state transition function.
 */
@NullMarked
package dev.thimble.cli.block;

import org.jspecify.annotations.NullMarked;
