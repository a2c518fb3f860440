package dev.thimble.server;

import dev.thimble.chain.BatchCommitment;
import dev.thimble.chain.BlockHeader;
import dev.thimble.chain.Bytes32;
import dev.thimble.chain.ContentStore;
import dev.thimble.chain.Genesis;
import dev.thimble.chain.MalformedBlockException;
import dev.thimble.chain.MemoryContentStore;
import dev.thimble.chain.TrieBuilder;
import dev.thimble.ethereum.BlockReader;
import dev.thimble.jobqueue.QueueDatabase;
import dev.thimble.model.ChainId;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Batch 0: the genesis block with the state root of the genesis file. It is never proven. */
public final class GenesisBatch {
    private GenesisBatch() {}

    /**
     * Block 0 as the L2 node has it: from the database if the chain has begun there, else from the node.
     *
     * @param node starts or names the node
     * @throws WrongNode if the node has none by the rules of Cancun
     */
    public static BlockHeader header(QueueDatabase database, ChainId chain, Supplier<L2Node> node) {
        database.migrate("dev/thimble/server/migrations", "server_migrations");
        return new BlockTable(database, chain)
                .block(0)
                .map(known -> known.block().header())
                .orElseGet(() -> read(node));
    }

    private static BlockHeader read(Supplier<L2Node> start) {
        try (L2Node node = start.get()) {
            return new BlockReader(node.client())
                    .header(0)
                    .orElseThrow(() -> new WrongNode("the L2 node has no block 0"));
        } catch (MalformedBlockException e) {
            throw new WrongNode("the L2 node does not serve this chain: " + e.getMessage());
        }
    }

    /**
     * The batch.
     *
     * @param header block 0 as the L2 node has it
     * @throws IllegalStateException if that is not the block of the genesis file
     */
    public static BatchCommitment of(Genesis genesis, BlockHeader header) {
        return store(genesis, header, new MemoryContentStore());
    }

    /** The batch, whose state is put into {@code contents}. The header has the file's state root or, as anvil has it, the empty one. */
    static BatchCommitment store(Genesis genesis, BlockHeader header, ContentStore contents) {
        Bytes32 stateRoot = genesis.storeState(contents);
        if (Stream.of(stateRoot, TrieBuilder.EMPTY_ROOT)
                .noneMatch(root -> genesis.header(root).hash().equals(header.hash()))) {
            throw new IllegalStateException("block 0 of the L2 node is " + header.hash()
                    + ", which is not the genesis file's: give the genesis file that the node was started from");
        }
        return BatchCommitment.genesis(genesis.chainId(), header, stateRoot);
    }
}
