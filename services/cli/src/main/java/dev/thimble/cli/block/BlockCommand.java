package dev.thimble.cli.block;

import picocli.CommandLine.Command;

/** {@code block}: executes and proves blocks of a chain. */
@Command(
        name = "block",
        description = "Execute or prove blocks of a chain.",
        subcommands = {BlockExecuteCommand.class, BlockProveCommand.class})
public final class BlockCommand {}
