/**
 * The command {@code thimble}: one class per command, each turning its options into an {@link dev.thimble.cli.Outcome}.
 *
 * <p>A command never prints. {@link dev.thimble.cli.CommandLineRunner} parses, runs the chosen {@link
 * dev.thimble.cli.Task} and writes its outcome either as text or, with {@code --json}, as one JSON object; it also
 * turns every failure into the one clear line and the exit code of the contract ({@link dev.thimble.cli.ExitCode}).
 * {@link dev.thimble.cli.Settings} holds what flags, environment, configuration file and defaults say.
 *
 * <p>Start at {@link dev.thimble.cli.Main}, then {@link dev.thimble.cli.CommandLineRunner}.
 */
@NullMarked
package dev.thimble.cli;

import org.jspecify.annotations.NullMarked;
