package dev.thimble.server;

import java.util.List;

/** What the database holds of one chain. */
record ChainTables(BlockTable blocks, BatchTable batches) {
    /** The blocks of a batch, in order. */
    List<L2Block> blocksOf(SealedBatch batch) {
        return blocks.blocks(batch.firstBlock(), batch.lastBlock());
    }
}
