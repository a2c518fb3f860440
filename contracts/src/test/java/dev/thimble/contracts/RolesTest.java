package dev.thimble.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.chain.Address;
import dev.thimble.ethereum.PrivateKey;
import dev.thimble.ethereum.RpcException;
import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may do what, and what the pause stops. */
class RolesTest extends DevChainTest {
    private static final long DAY = 86_400;

    private static Rollup rollup;
    private static DevChain.Contract contract;

    @BeforeAll
    static void deploy() {
        rollup = Rollup.deploy(chain, 12);
        contract = rollup.contract();
    }

    @Test
    void onlyTheOperatorMovesBatches() {
        StoredBatch genesis = rollup.genesis();
        for (PrivateKey stranger : List.of(DevChain.USER, DevChain.OWNER)) {
            assertThat(contract.revert(stranger, "commitBatches", genesis.toAbi(), List.of()))
                    .isEqualTo("NotOperator[]");
            assertThat(contract.revert(stranger, "proveBatches", genesis.toAbi(), List.of(), List.of()))
                    .isEqualTo("NotOperator[]");
            assertThat(contract.revert(stranger, "executeBatches", List.of())).isEqualTo("NotOperator[]");
        }
    }

    @Test
    void onlyTheOwnerAdministers() {
        Address user = DevChain.USER.address();
        for (PrivateKey stranger : List.of(DevChain.USER, DevChain.OPERATOR)) {
            assertThat(contract.revert(stranger, "setOperator", user)).isEqualTo("NotOwner[]");
            assertThat(contract.revert(stranger, "setPaused", true)).isEqualTo("NotOwner[]");
            assertThat(contract.revert(stranger, "transferOwnership", user)).isEqualTo("NotOwner[]");
            assertThat(contract.revert(stranger, "setVerifier", user, Rollup.params(Rollup.CIRCUITS_SET), new byte[32]))
                    .isEqualTo("NotOwner[]");
            assertThat(contract.revert(stranger, "acceptOwnership")).isEqualTo("NotPendingOwner[]");
            assertThat(contract.revert(stranger, "grantGrace", 1)).isEqualTo("NotOwner[]");
        }
        assertThat(contract.revert(DevChain.OWNER, "setOperator", Address.ZERO)).isEqualTo("ZeroAddress[]");
    }

    @Test
    void ownershipMovesInTwoSteps() {
        contract.send(DevChain.OWNER, "transferOwnership", DevChain.USER.address());
        assertThat(contract.get("owner")).isEqualTo(DevChain.OWNER.address());
        assertThat(contract.revert(DevChain.OPERATOR, "acceptOwnership")).isEqualTo("NotPendingOwner[]");
        contract.send(DevChain.USER, "acceptOwnership");
        assertThat(contract.get("owner")).isEqualTo(DevChain.USER.address());
        assertThat(contract.revert(DevChain.OWNER, "setPaused", true)).isEqualTo("NotOwner[]");
        assertThat(contract.revert(DevChain.USER, "acceptOwnership")).isEqualTo("NotPendingOwner[]");
    }

    @Test
    void anOfferCanBeWithdrawn() {
        contract.send(DevChain.OWNER, "transferOwnership", DevChain.USER.address());
        contract.send(DevChain.OWNER, "transferOwnership", Address.ZERO);
        assertThat(contract.revert(DevChain.USER, "acceptOwnership")).isEqualTo("NotPendingOwner[]");
    }

    @Test
    void aNewOperatorReplacesTheOld() {
        contract.send(DevChain.OWNER, "setOperator", DevChain.USER.address());
        assertThat(contract.revert(DevChain.OPERATOR, "executeBatches", List.of()))
                .isEqualTo("NotOperator[]");
        assertThat(contract.revert(DevChain.USER, "executeBatches", List.of())).isEqualTo("NothingToDo[]");
    }

    @Test
    void thePauseStopsEverythingButReverting() {
        NewBatch batch = rollup.next(rollup.genesis());
        rollup.commit(rollup.genesis(), batch);
        contract.send(DevChain.OWNER, "setPaused", true);
        StoredBatch genesis = rollup.genesis();
        assertThat(rollup.commitError(genesis, batch)).isEqualTo("IsPaused[]");
        assertThat(rollup.proveError(genesis, genesis, Collections.nCopies(24, BigInteger.ONE)))
                .isEqualTo("IsPaused[]");
        assertThat(rollup.executeError(genesis)).isEqualTo("IsPaused[]");
        assertThat(contract.revert(DevChain.USER, "deposit", DevChain.USER.address(), new byte[0]))
                .isEqualTo("IsPaused[]");
        List<byte[]> proof = Collections.nCopies(32, new byte[32]);
        assertThat(contract.revert(DevChain.USER, "finalizeWithdrawal", 1, 0, DevChain.USER.address(), 1, proof))
                .isEqualTo("IsPaused[]");
        contract.send(DevChain.OPERATOR, "revertBatches", 0);
        contract.send(DevChain.OWNER, "setPaused", false);
        rollup.commit(genesis, batch);
    }

    /** An owner who has lost his key, or means ill, cannot withhold for ever by a pause what is on the bridge. */
    @Test
    void aPauseEndsByItselfAndTheNextMustWait() {
        contract.send(DevChain.OWNER, "setPaused", true);
        chain.advance(29 * DAY);
        assertThat(contract.get("paused")).isEqualTo(true);
        contract.send(DevChain.OWNER, "setPaused", false);
        contract.send(DevChain.OWNER, "setPaused", true);
        chain.advance(DAY);
        assertThat(contract.get("paused"))
                .as("the window is over, whoever paused again in it")
                .isEqualTo(false);
        contract.pay(DevChain.USER, BigInteger.ONE, "deposit", DevChain.USER.address(), new byte[0]);
        chain.advance(6 * DAY);
        long from = contract.number("pauseWindowEnd") + 7 * DAY;
        assertThat(contract.revert(DevChain.OWNER, "setPaused", true)).isEqualTo("PauseTooSoon[" + from + "]");
        assertThat(contract.get("paused")).isEqualTo(false);
        chain.advance(DAY);
        contract.send(DevChain.OWNER, "setPaused", true);
        assertThat(contract.get("paused")).isEqualTo(true);
    }

    @Test
    void deploymentRefusesWrongArguments() {
        byte[] keyHash = Rollup.PLONK.key().hash().bytes();
        Object verifier = contract.get("verifier");
        Address owner = DevChain.OWNER.address();
        assertThat(deployError(Address.ZERO, owner, verifier, keyHash)).isEqualTo("ZeroAddress[]");
        assertThat(deployError(owner, Address.ZERO, verifier, keyHash)).isEqualTo("ZeroAddress[]");
        assertThat(deployError(owner, owner, verifier, new byte[32])).startsWith("WrongVerificationKeyHash[");
    }

    private static String deployError(Address owner, Address operator, Object verifier, byte[] keyHash) {
        byte[] creation = ContractArtifact.THIMBLE_CHAIN.creation(
                Rollup.L2_CHAIN_ID,
                owner,
                operator,
                1000,
                List.of(1, new byte[32], new byte[32]),
                verifier,
                Rollup.params(Rollup.CIRCUITS_SET),
                keyHash);
        try {
            chain.send(DevChain.OWNER, Optional.empty(), BigInteger.ZERO, creation);
        } catch (RpcException e) {
            return contract.abi().decodeError(e.revertData()).orElse(e.toString());
        }
        throw new AssertionError("the deployment was accepted");
    }
}
