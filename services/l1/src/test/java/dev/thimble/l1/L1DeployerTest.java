package dev.thimble.l1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thimble.chain.Bytes32;
import java.time.Duration;
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
                    .isEqualTo(new Bytes32(ToyProver.INSTANCE.key().hash()));
            assertThat(l1.contract(first).verifierParams()).isEqualTo(TestBatches.PARAMS);
            ToyProver other = ToyProver.make("other");
            assertThatThrownBy(() -> l1.deployer().deploy(l1.plan(other, TestBatches.PARAMS), PATIENCE))
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
                            .deploy(l1.plan(ToyProver.INSTANCE, TestBatches.PARAMS), Duration.ofMillis(200)))
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
}
