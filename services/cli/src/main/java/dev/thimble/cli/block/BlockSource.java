package dev.thimble.cli.block;

import dev.thimble.chain.Block;
import dev.thimble.chain.BlockHeader;
import dev.thimble.chain.MalformedBlockException;
import dev.thimble.cli.command.CommandFailure;
import dev.thimble.cli.proving.GuestFiles;
import dev.thimble.ethereum.BlockReader;
import dev.thimble.ethereum.EthereumClient;
import dev.thimble.ethereum.RpcException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Where blocks come from; everything wrong with them is one clear line. */
interface BlockSource {
    /** The header of block 0, if the source has it. */
    Optional<BlockHeader> genesisHeader();

    /** A block. */
    Block block(long number);

    /** The source that the options name. */
    static BlockSource open(BlockOptions.Source source) {
        return source.rpc != null ? ofNode(source.rpc) : ofFile(Objects.requireNonNull(source.file));
    }

    private static BlockSource ofNode(URI url) {
        var reader = new BlockReader(new EthereumClient(url));
        return new BlockSource() {
            @Override
            public Optional<BlockHeader> genesisHeader() {
                return ask(url, () -> reader.header(0));
            }

            @Override
            public Block block(long number) {
                return ask(url, () -> reader.read(number)).orElseThrow(() -> noBlock(url, number));
            }
        };
    }

    private static BlockSource ofFile(Path file) {
        Map<Long, Block> blocks = new HashMap<>();
        try {
            Block.decodeAll(GuestFiles.input(file))
                    .forEach(block -> blocks.put(block.header().number(), block));
        } catch (MalformedBlockException e) {
            throw malformed(file, e);
        }
        return new BlockSource() {
            @Override
            public Optional<BlockHeader> genesisHeader() {
                return Optional.ofNullable(blocks.get(0L)).map(Block::header);
            }

            @Override
            public Block block(long number) {
                return Optional.ofNullable(blocks.get(number)).orElseThrow(() -> noBlock(file, number));
            }
        };
    }

    /** A question to a node. */
    @FunctionalInterface
    interface Question<T> {
        T ask() throws MalformedBlockException;
    }

    private static <T> T ask(URI url, Question<T> question) {
        try {
            return question.ask();
        } catch (MalformedBlockException e) {
            throw malformed(url, e);
        } catch (RpcException | UncheckedIOException | IllegalArgumentException e) {
            throw CommandFailure.environment(
                    "NODE_UNAVAILABLE", url + ": " + e.getMessage(), "Start the node, or check --rpc.");
        }
    }

    private static CommandFailure noBlock(Object source, long number) {
        return CommandFailure.environment(
                "NO_BLOCK", source + " has no block " + number, "Choose --from and --to among its blocks.");
    }

    private static CommandFailure malformed(Object source, MalformedBlockException e) {
        return CommandFailure.environment(
                "UNSUPPORTED_BLOCK", source + ": " + e.getMessage(), "Start the L2 node with the rules of Cancun.");
    }
}
