/**
 * The command {@code thimble}: one package per field of commands, one class per command.
 *
 * <p>A command never prints. {@link dev.thimble.cli.CommandLineRunner} parses, runs the chosen {@link
 * dev.thimble.cli.command.Task} and writes its {@link dev.thimble.cli.command.Outcome} either as text or, with {@code --json},
 * as one JSON object; it also turns every failure into the one clear line and the exit code of the contract.
 *
 * <p>Start at {@link dev.thimble.cli.Main}, then {@link dev.thimble.cli.ThimbleCommand} for the list of commands. The packages
 * stand on each other in this order: {@code command}; {@code proving}, {@code database}; {@code block}, {@code doctor},
 * {@code l1}, {@code compress}; {@code service}; {@code operator}; {@code demo}, {@code bench}; and this one over all.
 */
@NullMarked
package dev.thimble.cli;

import org.jspecify.annotations.NullMarked;
