package dev.thimble.l1;

import dev.thimble.chain.Address;

/**
 * Where a chain lives on L1.
 *
 * @param l1ChainId the L1
 * @param l2ChainId the chain
 * @param contract its ThimbleChain
 * @param verifier its PlonkVerifier
 * @param blockNumber the L1 block that created the contract
 */
public record Deployment(long l1ChainId, long l2ChainId, Address contract, Address verifier, long blockNumber) {}
