package dev.thimble.l1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.chain.Hex;
import dev.thimble.ethereum.EthereumClient;
import dev.thimble.ethereum.JsonRpc;
import dev.thimble.l1.L1Event.Kind;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reorganisations, kills, races, stuck and stolen nonces on a real node: nothing is sent twice, nothing is lost. */
class FaultTest {
    private LocalL1 l1;
    private Deployment deployment;

    @BeforeEach
    void deploy() throws Exception {
        l1 = LocalL1.start();
        deployment = l1.deploy();
    }

    @AfterEach
    void stop() {
        l1.close();
    }

    /** Exactly one transaction per step and batch stands on the chain, and every other transaction of the account is accounted for. */
    private void assertOnce(int batches, int others) {
        for (String event : List.of("BatchCommitted", "BatchVerified", "BatchExecuted")) {
            assertThat(l1.count(deployment, event)).as(event).isEqualTo(batches);
        }
        assertThat(l1.nonce(LocalL1.OPERATOR)).isEqualTo(3L * batches + others);
    }

    /** anvil forgets the transactions of the blocks it drops: they have to be sent again. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aReorganisedCommitIsSentAgain(int depth) {
        TestBatches batches = new TestBatches(l1.genesis(), 21, 2).limited(2, 0);
        L1Component component = l1.component(deployment, batches);
        LocalL1.turnUntil(component, 2, 0, 0);
        component.turn();
        l1.client().rpc().call("anvil_reorg", depth, List.of());
        assertThat(component.totals().committed()).isEqualTo(2 - depth);
        batches.limited(2, 2);
        LocalL1.turnUntil(component, 2, 2, 2);
        assertThat(l1.kinds()).contains(Kind.REORGANISED);
        assertOnce(2, 0);
    }

    /** Everything since the deployment vanishes, while nobody looks. */
    @Test
    void aWholeHistoryThatVanishedIsSentAgain() {
        String snapshot = l1.client().rpc().call("evm_snapshot").asString();
        TestBatches batches = new TestBatches(l1.genesis(), 22, 2);
        LocalL1.turnUntil(l1.component(deployment, batches), 2, 2, 1);
        l1.client().rpc().call("evm_revert", snapshot);
        LocalL1.turnUntil(l1.component(deployment, batches), 2, 2, 2);
        assertOnce(2, 0);
    }

    @ParameterizedTest
    @EnumSource(RpcProxy.Mode.class)
    void aKilledProcessGoesOnWhereItWas(RpcProxy.Mode mode) throws Exception {
        try (RpcProxy proxy = new RpcProxy(l1.url(), mode)) {
            Process child = ChildComponent.start(l1, deployment, proxy.url(), 23);
            try {
                proxy.awaitHeld();
            } finally {
                child.destroyForcibly().waitFor();
            }
        }
        L1Component next = l1.component(deployment, new TestBatches(l1.genesis(), 23, 2));
        LocalL1.turnUntil(next, 2, 2, 2);
        assertOnce(2, 0);
    }

    @Test
    void aNodeThatDoesNotAnswerLosesNothing() throws Exception {
        TestBatches batches = new TestBatches(l1.genesis(), 24, 1);
        try (RpcProxy proxy = new RpcProxy(l1.url(), RpcProxy.Mode.HOLD_ANSWER)) {
            EthereumClient impatient = new EthereumClient(new JsonRpc(proxy.url(), Duration.ofMillis(500)));
            try (L1Component component = l1.component(l1.check(deployment), batches, impatient, LocalL1.PATIENT)) {
                component.start();
                proxy.awaitHeld();
                proxy.forward();
                awaitTotals(component, 1);
            }
        }
        assertThat(l1.kinds()).contains(Kind.NODE_AWAY);
        assertOnce(1, 0);
    }

    private static void awaitTotals(L1Component component, long executed) throws InterruptedException {
        for (int i = 0; i < 600 && component.totals().executed() < executed; i++) {
            Thread.sleep(20);
        }
        assertThat(component.totals().executed()).isEqualTo(executed);
    }

    @Test
    void racingSendersSendEverythingOnce() throws Exception {
        TestBatches batches = new TestBatches(l1.genesis(), 25, 4);
        try (L1Component one = l1.component(deployment, batches);
                L1Component two = l1.component(deployment, batches);
                L1Component three = l1.component(deployment, batches)) {
            one.start();
            two.start();
            three.start();
            awaitTotals(one, 4);
        }
        assertThat(l1.kinds()).doesNotContain(Kind.REVERTED, Kind.NONCE_TAKEN);
        assertOnce(4, 0);
    }

    /** Somebody uses the operator's key elsewhere and outbids our transaction with the same nonce. */
    @Test
    void aStolenNonceIsReplacedWhenTheOtherTransactionIsFinal() {
        l1.automine(false);
        L1Component component = l1.component(deployment, new TestBatches(l1.genesis(), 26, 1).limited(1, 0));
        component.turn();
        l1.transfer(LocalL1.OPERATOR, 0, 500_000_000_000L);
        l1.mine(1);
        component.turn();
        assertThat(component.operation(BatchStep.COMMIT, 1).orElseThrow().nonce())
                .as("the other block is not final")
                .hasValue(0);
        assertThat(l1.client().nonce(LocalL1.OPERATOR.address(), "pending")).isEqualTo(1);
        l1.mine(2);
        component.turn();
        assertThat(l1.kinds()).contains(Kind.NONCE_TAKEN);
        l1.mine(1);
        component.turn();
        assertThat(component.totals().committed()).isEqualTo(1);
        assertThat(l1.count(deployment, "BatchCommitted")).isEqualTo(1);
        assertThat(l1.nonce(LocalL1.OPERATOR)).isEqualTo(2);
    }

    /** A foreign transaction was pending when ours got the next nonce, and then disappears. */
    @Test
    void aGapBeforeOurNonceIsFilled() {
        l1.automine(false);
        String foreign = l1.transfer(LocalL1.OPERATOR, 0, 500_000_000_000L);
        L1Component component = l1.component(deployment, new TestBatches(l1.genesis(), 27, 1).limited(1, 0));
        component.turn();
        assertThat(component.operation(BatchStep.COMMIT, 1).orElseThrow().nonce())
                .hasValue(1);
        l1.client().rpc().call("anvil_dropTransaction", foreign);
        for (int i = 0; i < 4; i++) {
            component.turn();
            l1.mine(1);
        }
        assertThat(component.totals().committed()).isEqualTo(1);
        assertThat(l1.nonce(LocalL1.OPERATOR)).isEqualTo(2);
        assertThat(l1.count(deployment, "BatchCommitted")).isEqualTo(1);
    }

    /** A cheaper transaction than the newest may be the one that a miner took. */
    @Test
    void anEarlierAttemptThatIsMinedCounts() {
        l1.automine(false);
        FeePolicy eager = new FeePolicy(Duration.ZERO, 20, BigInteger.valueOf(1_000_000_000_000L));
        TestBatches batches = new TestBatches(l1.genesis(), 30, 1).limited(1, 0);
        L1Component component = l1.component(l1.check(deployment), batches, l1.client(), eager);
        component.turn();
        String first = l1.events.stream()
                .filter(event -> event.kind() == Kind.SENT)
                .reduce((former, latter) -> latter)
                .orElseThrow()
                .detail()
                .substring(0, 66);
        String raw =
                l1.client().rpc().call("eth_getRawTransactionByHash", first).asString();
        component.turn();
        component.turn();
        assertThat(l1.kinds()).contains(Kind.FEE_RAISED);
        l1.client().rpc().call("anvil_dropAllTransactions");
        l1.client().rpc().call("eth_sendRawTransaction", raw);
        l1.mine(1);
        component.turn();
        Operation commit = component.operation(BatchStep.COMMIT, 1).orElseThrow();
        assertThat(commit.mined().orElseThrow().transactionHash()).isEqualTo(first);
        l1.mine(3);
        component.turn();
        assertThat(component.open()).isEmpty();
        assertThat(l1.nonce(LocalL1.OPERATOR)).isEqualTo(1);
    }

    /** Something changes between estimate and block, and the commit is mined and reverted: an alarm, and it is made again. */
    @Test
    void aRevertedCommitIsMadeAgain() {
        TestBatches batches = new TestBatches(l1.genesis(), 31, 2).limited(1, 0);
        L1Component component = l1.component(deployment, batches);
        LocalL1.turnUntil(component, 1, 0, 0);
        l1.automine(false);
        batches.limited(2, 0);
        component.turn();
        byte[] revert = ChainContract.ABI.encodeCall("revertBatches", 0);
        long nonce = l1.nonce(LocalL1.OWNER);
        l1.call(LocalL1.OWNER, nonce, 500_000_000_000L, deployment.contract(), BigInteger.ZERO, revert);
        l1.mine(1);
        component.turn();
        assertThat(l1.kinds()).contains(Kind.REVERTED);
        l1.mine(3);
        l1.automine(true);
        LocalL1.turnUntil(component, 2, 0, 0);
        assertThat(l1.count(deployment, "BatchCommitted")).isEqualTo(3);
        assertThat(l1.nonce(LocalL1.OPERATOR)).as("one of them in vain").isEqualTo(4);
    }

    /** The owner appoints another operator while the former one's commit waits: the new one is not held up by it. */
    @Test
    void aNewOperatorGoesOnWhereTheFormerOneStopped() {
        TestBatches batches = new TestBatches(l1.genesis(), 29, 2);
        l1.automine(false);
        L1Component former = l1.component(deployment, batches);
        former.turn();
        assertThat(former.operation(BatchStep.COMMIT, 1).orElseThrow().state()).isEqualTo(OperationState.SENT);
        l1.client().rpc().call("anvil_dropAllTransactions");
        l1.automine(true);
        l1.send(LocalL1.OWNER, deployment, ChainContract.ABI.encodeCall("setOperator", LocalL1.USER.address()));
        assertThat(former.turn()).isFalse();
        LocalL1.turnUntil(l1.component(deployment, batches, LocalL1.USER), 2, 2, 2);
        assertThat(l1.nonce(LocalL1.USER)).isEqualTo(6);
        assertThat(l1.nonce(LocalL1.OPERATOR)).isZero();
    }

    @Test
    void aWaitingTransactionIsReplacedByDearerOnesUpToTheLimit() {
        l1.automine(false);
        BigInteger limit = BigInteger.valueOf(4_000_000_000L);
        FeePolicy policy = new FeePolicy(Duration.ZERO, 20, limit);
        L1Component component = l1.component(
                l1.check(deployment), new TestBatches(l1.genesis(), 28, 1).limited(1, 0), l1.client(), policy);
        for (int i = 0; i < 12; i++) {
            component.turn();
        }
        assertThat(l1.kinds()).contains(Kind.FEE_RAISED, Kind.STUCK);
        assertThat(l1.client().rpc().call("txpool_content").path("pending").findValues("maxFeePerGas"))
                .hasSize(1)
                .first()
                .satisfies(fee -> assertThat(Hex.parseQuantity(fee.asString())).isLessThanOrEqualTo(limit));
        l1.mine(1);
        component.turn();
        assertThat(component.totals().committed()).isEqualTo(1);
        assertThat(l1.nonce(LocalL1.OPERATOR)).isEqualTo(1);
        l1.mine(3);
        component.turn();
        assertThat(component.open()).isEmpty();
    }
}
