package dev.thimble.cli.block;

import dev.thimble.cli.command.CommandFailure;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which blocks: where they come from, what they build on, and the range. */
final class BlockOptions {
    /** One of the two. */
    static final class Source {
        @Option(names = "--rpc", paramLabel = "URL", required = true, description = "A node's JSON-RPC address.")
        @Nullable
        URI rpc;

        @Option(
                names = "--blocks",
                paramLabel = "FILE",
                required = true,
                description = "RLP of the blocks from block 1 (or 0) on, one after the other.")
        @Nullable
        Path file;
    }

    @ArgGroup(multiplicity = "1")
    Source source = new Source();

    @Option(names = "--genesis", paramLabel = "FILE", required = true, description = "The chain's genesis.json.")
    Path genesis = Path.of("");

    @Option(names = "--from", paramLabel = "A", required = true, description = "First block, at least 1.")
    long from;

    @Option(names = "--to", paramLabel = "B", required = true, description = "Last block.")
    long to;

    @Option(names = "--out", paramLabel = "DIR", description = "A new folder for the results.")
    @Nullable
    Path out;

    /**
     * Checks the range.
     *
     * @throws CommandFailure usage if it is none
     */
    void check() {
        if (from < 1 || to < from) {
            throw CommandFailure.usage(
                    "--from " + from + " --to " + to + " is no range of blocks", "Block 0 is not proven.");
        }
    }
}
