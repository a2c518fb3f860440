package dev.thimble.l1;

import dev.thimble.chain.Bytes32;
import dev.thimble.contracts.NewBatch;
import dev.thimble.contracts.StoredBatch;
import java.util.List;

/**
 * Batch 0 of a chain.
 *
 * @param l2ChainId the chain
 * @param timestamp of the genesis block, seconds
 * @param blockHash of the genesis block
 * @param stateRoot computed from the genesis file
 */
public record ChainGenesis(long l2ChainId, long timestamp, Bytes32 blockHash, Bytes32 stateRoot) {
    /** As the contract stores it. */
    public StoredBatch stored() {
        return NewBatch.genesis(l2ChainId, timestamp, blockHash, stateRoot);
    }

    List<Object> toAbi() {
        return List.of(timestamp, blockHash.bytes(), stateRoot.bytes());
    }
}
