package dev.thimble.l1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thimble.chain.Bytes32;
import dev.thimble.testkit.FreeInputSnark;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class L1DeployerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void deploysOnceAndThenCompares() throws Exception {
        try (LocalL1 l1 = LocalL1.start()) {
            Deployment first = l1.deploy();
            assertThat(l1.deploy()).isEqualTo(first);
            assertThat(l1.nonce(LocalL1.OWNER)).as("transactions").isEqualTo(2);
            assertThat(l1.contract(first).verificationKeyHash())
                    .isEqualTo(new Bytes32(TestBatches.SNARK.key().hash()));
            assertThat(l1.contract(first).verifierParams()).isEqualTo(TestBatches.PARAMS);
            FreeInputSnark other = FreeInputSnark.ofSeed("other");
            assertThatThrownBy(() -> l1.deployer().deploy(l1.plan(other.key(), TestBatches.PARAMS), PATIENCE))
                    .isInstanceOf(L1Failure.class)
                    .hasMessageContaining(
                            "the verification key hash is " + other.key().hash());
            assertThat(l1.nonce(LocalL1.OWNER)).isEqualTo(2);
        }
    }

    /** Interrupted after the first contract: the second run makes only the other one. */
    @Test
    void goesOnWhereItWasInterrupted() throws Exception {
        try (LocalL1 l1 = LocalL1.start()) {
            l1.automine(false);
            assertThatThrownBy(() -> l1.deployer()
                            .deploy(l1.plan(TestBatches.SNARK.key(), TestBatches.PARAMS), Duration.ofMillis(200)))
                    .isInstanceOf(L1Failure.class)
                    .hasMessageContaining("run the same command again");
            l1.automine(true);
            l1.mine(1);
            l1.deploy();
            assertThat(l1.nonce(LocalL1.OWNER)).isEqualTo(2);
        }
    }

    @Test
    void keysOfADevelopmentStringStayOnTheDevelopmentChain() throws Exception {
        try (LocalL1 l1 = LocalL1.start("--chain-id", "11155111")) {
            assertThatThrownBy(l1::deploy)
                    .isInstanceOf(L1Failure.class)
                    .hasMessageContaining("whoever made it can forge proofs")
                    .hasMessageContaining("31337");
            assertThat(l1.nonce(LocalL1.OWNER)).isZero();
        }
    }

    @Test
    void anL1BegunAnewIsToldApartAndCanBeForgotten() throws Exception {
        try (LocalL1 l1 = LocalL1.start()) {
            Deployment gone = l1.deploy();
            l1.client().rpc().call("anvil_reset");
            assertThatThrownBy(l1::deploy).isInstanceOf(L1Failure.class).hasMessageContaining("begun anew");
            new Deployments(l1.database()).forget(gone);
            assertThat(l1.deploy().contract()).isEqualTo(gone.contract());
        }
    }

    /** On a real L1 the block with the contracts may leave the chain before it is final: the same transactions make them again. */
    @Test
    void aReorganisedDeploymentIsMadeAgainAtTheSamePlace() throws Exception {
        try (LocalL1 l1 = LocalL1.start("--chain-id", "5")) {
            L1Deployer.Plan plan = l1.plan(TestBatches.SNARK.keyOfCeremony(), TestBatches.PARAMS);
            Deployment first = l1.deployer().deploy(plan, PATIENCE);
            for (int depth : new int[] {1, 2}) {
                l1.client().rpc().call("anvil_reorg", depth, List.of());
                assertThat(l1.client().code(first.contract())).isEmpty();
                Deployment again = l1.deployer().deploy(plan, PATIENCE);
                assertThat(again.contract()).isEqualTo(first.contract());
                assertThat(again.verifier()).isEqualTo(first.verifier());
            }
            assertThat(l1.nonce(LocalL1.OWNER)).isEqualTo(2);
        }
    }

    /** A node that has not caught up is not a reorganisation of what another account deployed. */
    @Test
    void anotherAccountDoesNotDeployASecondTime() throws Exception {
        try (LocalL1 l1 = LocalL1.start("--chain-id", "5")) {
            L1Deployer.Plan plan = l1.plan(TestBatches.SNARK.keyOfCeremony(), TestBatches.PARAMS);
            l1.deployer().deploy(plan, PATIENCE);
            l1.client().rpc().call("anvil_reset");
            assertThatThrownBy(() -> l1.deployer(LocalL1.USER).deploy(plan, PATIENCE))
                    .isInstanceOf(L1Failure.class)
                    .hasMessageContaining("there is no contract at");
            assertThat(l1.nonce(LocalL1.USER)).isZero();
        }
    }

    /** An account without money is told at once, not after ten minutes. */
    @Test
    void whatTheNodeRefusesEndsTheDeployment() throws Exception {
        try (LocalL1 l1 = LocalL1.start()) {
            l1.client().rpc().call("anvil_setBalance", LocalL1.USER.address().hex(), "0x0");
            assertThatThrownBy(() -> l1.deployer(LocalL1.USER)
                            .deploy(l1.plan(TestBatches.SNARK.key(), TestBatches.PARAMS), Duration.ofHours(1)))
                    .isInstanceOf(L1Failure.class)
                    .hasMessageContaining("is refused: ");
            l1.client().rpc().call("anvil_setBalance", LocalL1.USER.address().hex(), "0x8ac7230489e80000");
            l1.deployer(LocalL1.USER).deploy(l1.plan(TestBatches.SNARK.key(), TestBatches.PARAMS), PATIENCE);
            assertThat(l1.nonce(LocalL1.USER)).isEqualTo(2);
        }
    }
}
