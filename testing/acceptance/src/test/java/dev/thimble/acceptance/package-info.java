/**
 * Thimble from outside: rules between modules, and the command line as a child process.
 *
 * <p>{@link dev.thimble.acceptance.Repository} finds this copy's files, {@link dev.thimble.acceptance.Launcher} runs
 * {@code ./thimble}. Start at {@link dev.thimble.acceptance.ArchitectureTest}.
 */
@NullMarked
package dev.thimble.acceptance;

import org.jspecify.annotations.NullMarked;
