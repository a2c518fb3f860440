package dev.thimble.server;

import dev.thimble.chain.BlockHeader;
import java.util.List;

/** What the database holds of one chain. */
record ChainTables(BlockTable blocks, BatchTable batches) {
    /** BLOCKHASH reaches so far back. */
    private static final int ANCESTORS = 256;

    /** The headers of the last blocks up to this one: as many as BLOCKHASH can ask for. */
    List<BlockHeader> headersUpTo(long number) {
        return blocks.blocks(Math.max(0, number - ANCESTORS + 1), number).stream()
                .map(each -> each.block().header())
                .toList();
    }

    /** The blocks of a batch, in order. */
    List<L2Block> blocksOf(SealedBatch batch) {
        return blocks.blocks(batch.firstBlock(), batch.lastBlock());
    }
}
