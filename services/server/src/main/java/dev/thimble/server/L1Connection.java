package dev.thimble.server;

import dev.thimble.ethereum.EthereumClient;
import dev.thimble.ethereum.TransactionSigner;
import dev.thimble.l1.ChainContract;
import dev.thimble.l1.DeploymentCheck;
import dev.thimble.l1.FeePolicy;
import java.time.Duration;
import java.util.Optional;

/**
 * The chain's contract on L1, and what is needed to serve it.
 *
 * @param client the L1 node
 * @param check where the contract is, and what it must have
 * @param operator the account that commits, proves and executes; empty where the component l1 does not run
 * @param l2Operator the operator of the bridge on L2, which carries deposits there; empty if its key is not here
 * @param fees on L1 and L2
 * @param interval time between two turns
 */
public record L1Connection(
        EthereumClient client,
        DeploymentCheck check,
        Optional<TransactionSigner> operator,
        Optional<TransactionSigner> l2Operator,
        FeePolicy fees,
        Duration interval) {
    ChainContract contract() {
        return new ChainContract(client, check.deployment().contract());
    }
}
