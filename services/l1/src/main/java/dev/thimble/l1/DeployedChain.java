package dev.thimble.l1;

import dev.thimble.plonkverifier.VerificationKey;
import java.net.URI;

/**
 * A deployment with everything that is needed to serve it.
 *
 * @param deployment where it is
 * @param url the L1 node by which it was deployed
 * @param genesis batch 0
 * @param key the PLONK verification key that its contract had when it was last compared
 */
public record DeployedChain(Deployment deployment, URI url, ChainGenesis genesis, VerificationKey key) {
    /** The same chain, to be compared with its contract. */
    public DeploymentCheck check(VerifierParams params) {
        return new DeploymentCheck(deployment, genesis, key, params);
    }
}
