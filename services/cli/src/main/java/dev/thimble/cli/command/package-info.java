/**
 * What every command shares: its settings, its outcome, its failure, the terminal and the folders it writes.
 *
 * <p>A command is a {@link dev.thimble.cli.command.Task}: it gets a {@link dev.thimble.cli.command.Context} and gives an
 * {@link dev.thimble.cli.command.Outcome} or throws a {@link dev.thimble.cli.command.CommandFailure}, which has its exit code
 * ({@link dev.thimble.cli.command.ExitCode}). {@link dev.thimble.cli.command.Settings} holds what flags, environment,
 * configuration file and defaults say.
 */
@NullMarked
package dev.thimble.cli.command;

import org.jspecify.annotations.NullMarked;
