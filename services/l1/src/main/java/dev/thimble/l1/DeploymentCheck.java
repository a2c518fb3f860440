package dev.thimble.l1;

import dev.thimble.chain.Address;
import dev.thimble.chain.Bytes32;
import dev.thimble.plonkverifier.VerificationKey;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares a contract with what this build proves for. Nothing may be sent while they differ: a proof under another key is refused
 * by the contract at best, and at worst the contract accepts proofs that nobody checked the keys of.
 *
 * @param deployment where the contract should be
 * @param genesis batch 0
 * @param key the PLONK verification key of this build
 * @param params the keys below it
 */
public record DeploymentCheck(Deployment deployment, ChainGenesis genesis, VerificationKey key, VerifierParams params) {

    /** Everything that differs, each as one sentence; empty if all is well. */
    public List<String> differences(ChainContract contract, Address operator) {
        List<String> found = new ArrayList<>();
        long l1ChainId = contract.client().chainId();
        compare(found, "the L1's chain id", deployment.l1ChainId(), l1ChainId);
        SetupTrust.complaint(key, l1ChainId).ifPresent(found::add);
        if (contract.client().code(contract.address()).length == 0) {
            found.add("there is no contract at " + contract.address()
                    + "; was the L1 begun anew? Deploy with: thimble init --l1 URL");
            return found;
        }
        compare(found, "the contract's chain id", genesis.l2ChainId(), contract.number("l2ChainId"));
        compare(found, "the genesis batch", genesis.stored().hash(), contract.storedBatchHash(0));
        compare(found, "the verification key hash", new Bytes32(key.hash()), contract.verificationKeyHash());
        VerifierParams actual = contract.verifierParams();
        compare(found, "the node key hash", params.nodeKeyHash(), actual.nodeKeyHash());
        compare(found, "the leaf key hash", params.leafKeyHash(), actual.leafKeyHash());
        compare(found, "the circuits set hash", params.circuitsSetHash(), actual.circuitsSetHash());
        compare(found, "the operator", operator, contract.operator());
        return found;
    }

    private static void compare(List<String> found, String what, Object expected, Object actual) {
        if (!expected.equals(actual)) {
            found.add(what + " is " + expected + " here and " + actual + " on L1");
        }
    }
}
