package dev.thimble.l1;

import dev.thimble.chain.Bytes32;
import java.util.List;

/**
 * Digests of the keys below the PLONK key, as the contract stores them.
 *
 * @param nodeKeyHash key of the node round
 * @param leafKeyHash keys of the leaf round
 * @param circuitsSetHash keys of the basic circuits: the second public input of every proof, below r
 */
public record VerifierParams(Bytes32 nodeKeyHash, Bytes32 leafKeyHash, Bytes32 circuitsSetHash) {
    List<Object> toAbi() {
        return List.of(nodeKeyHash.bytes(), leafKeyHash.bytes(), circuitsSetHash.bytes());
    }

    /** The three of them in the order of the contract. */
    public List<Bytes32> toList() {
        return List.of(nodeKeyHash, leafKeyHash, circuitsSetHash);
    }
}
