package dev.thimble.l1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thimble.chain.Address;
import dev.thimble.chain.Bytes32;
import dev.thimble.chain.Hex;
import dev.thimble.contracts.ContractArtifact;
import dev.thimble.contracts.L2BridgeState;
import dev.thimble.contracts.MessageQueue;
import dev.thimble.contracts.NewBatch;
import dev.thimble.ethereum.EthereumClient;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A deposit to a real bridge on a second node, and a withdrawal back, through executed batches. */
class MessagesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Address ALICE = new Address("0x" + "a0".repeat(20));

    private static void installBridge(EthereumClient l2) {
        String bridge = L2BridgeState.ADDRESS.hex();
        l2.rpc().call("anvil_setCode", bridge, Hex.data(ContractArtifact.L2_BRIDGE.deployedCode()));
        L2BridgeState.genesisStorage(LocalL1.OPERATOR.address())
                .forEach((slot, value) -> l2.rpc()
                        .call(
                                "anvil_setStorageAt",
                                bridge,
                                Bytes32.of(Hex.toBytes(BigInteger.valueOf(slot), 32))
                                        .hex(),
                                value.hex()));
        l2.rpc().call("anvil_setBalance", bridge, Hex.quantity(BigInteger.TEN.pow(24)));
    }

    private static MessageRelay relay(LocalL1 l1, Deployment deployment, LocalL1 l2) {
        return new MessageRelay(
                l1.database(),
                l1.contract(deployment),
                deployment,
                l2::client,
                LocalL1.OPERATOR,
                LocalL1.PATIENT,
                l1.events::add);
    }

    /** L2 cannot take back a message that L1 has forgotten; and another process, or the next start, sends no call again. */
    @Test
    void aDepositIsCarriedOnceAndOnlyWhenItsBlockIsFinal() throws Exception {
        try (LocalL1 l1 = LocalL1.start();
                LocalL1 l2 = LocalL1.start("--chain-id", "31338")) {
            installBridge(l2.client());
            Deployment deployment = l1.deploy();
            Deployment onRealL1 = new Deployment(
                    1, deployment.l2ChainId(), deployment.contract(), deployment.verifier(), deployment.blockNumber());
            Messages messages = new Messages(l1.contract(deployment), deployment.blockNumber(), l2.client());
            DirectSender user = new DirectSender(l1.client(), LocalL1.USER, hash -> {});
            for (int i = 1; i <= 3; i++) {
                Messages.deposit(user, deployment.contract(), ALICE, BigInteger.valueOf(i), PATIENCE);
            }
            relay(l1, onRealL1, l2).tick();
            assertThat(messages.isProcessed(0)).isTrue();
            assertThat(messages.isProcessed(1))
                    .as("its block may be reorganised away")
                    .isFalse();
            l1.mine(2);
            MessageRelay relay = relay(l1, onRealL1, l2);
            relay.tick();
            relay.tick();
            relay(l1, onRealL1, l2).tick();
            assertThat(messages.isProcessed(2)).isTrue();
            assertThat(l2.client().balance(ALICE)).isEqualTo(BigInteger.valueOf(6));
            assertThat(l2.nonce(LocalL1.OPERATOR)).isEqualTo(3);
        }
    }

    /** On a chain id that is not a development one the relay goes by the node's {@code finalized}: 64 blocks back by default. */
    @Test
    void onMainnetADepositWaitsForTheFinalizedBlock() throws Exception {
        try (LocalL1 l1 = LocalL1.start("--chain-id", "1", "--slots-in-an-epoch", "32");
                LocalL1 l2 = LocalL1.start("--chain-id", "31338")) {
            installBridge(l2.client());
            Deployment deployment = l1.deployUnchecked();
            assertThat(deployment.l1ChainId()).isEqualTo(1);
            Messages messages = new Messages(l1.contract(deployment), deployment.blockNumber(), l2.client());
            DirectSender user = new DirectSender(l1.client(), LocalL1.USER, hash -> {});
            Messages.deposit(user, deployment.contract(), ALICE, BigInteger.valueOf(9), PATIENCE);
            long block = l1.client().blockNumber();
            MessageRelay relay = relay(l1, deployment, l2);
            while (l1.client().finalizedBlock() < block) {
                relay.tick();
                assertThat(messages.isProcessed(0)).isFalse();
                l1.mine(7);
            }
            assertThat(l1.client().blockNumber())
                    .as("anvil has a finalized block of its own")
                    .isGreaterThan(block + 50);
            relay.tick();
            assertThat(messages.isProcessed(0)).isTrue();
            assertThat(l2.nonce(LocalL1.OPERATOR)).isEqualTo(1);
        }
    }

    /** A call of nothing succeeds and takes the value along: with the nodes of the layers exchanged it would be gone. */
    @Test
    void valueIsNotSentWhereNoContractIs() throws Exception {
        try (LocalL1 l1 = LocalL1.start()) {
            DirectSender user = new DirectSender(l1.client(), LocalL1.USER, hash -> {});
            assertThatThrownBy(() -> Messages.withdraw(user, ALICE, BigInteger.ONE, PATIENCE))
                    .isInstanceOf(L1Failure.class)
                    .hasMessageContaining("there is no contract at " + L2BridgeState.ADDRESS + " on chain 31337");
            assertThatThrownBy(() -> Messages.deposit(user, ALICE, ALICE, BigInteger.ONE, PATIENCE))
                    .hasMessageContaining("nothing was sent");
            assertThat(l1.nonce(LocalL1.USER)).isZero();
        }
    }

    @Test
    void aRelayWithAnotherKeyThanTheBridgesSaysSo() throws Exception {
        try (LocalL1 l1 = LocalL1.start();
                LocalL1 l2 = LocalL1.start("--chain-id", "31338")) {
            installBridge(l2.client());
            Deployment deployment = l1.deploy();
            DirectSender user = new DirectSender(l1.client(), LocalL1.USER, hash -> {});
            Messages.deposit(user, deployment.contract(), ALICE, BigInteger.ONE, PATIENCE);
            MessageRelay stranger = new MessageRelay(
                    l1.database(),
                    l1.contract(deployment),
                    deployment,
                    l2::client,
                    LocalL1.OWNER,
                    LocalL1.PATIENT,
                    l1.events::add);
            assertThatThrownBy(stranger::tick)
                    .isInstanceOf(L1Failure.class)
                    .hasMessageContaining("the operator of the bridge on L2 is " + LocalL1.OPERATOR.address());
            assertThat(l2.nonce(LocalL1.OWNER)).isZero();
        }
    }

    private static NewBatch batch(LocalL1 l1, long lastBlock, MessageQueue queue, Bytes32 withdrawalRoot) {
        long time = l1.genesis().timestamp() + 1;
        Bytes32 any = new Bytes32("0x" + "77".repeat(32));
        return new NewBatch(
                1,
                1,
                lastBlock,
                time,
                time + lastBlock - 1,
                any,
                any,
                queue.count(),
                queue.rollingHash(),
                withdrawalRoot,
                new byte[] {1});
    }

    @Test
    void valueGoesToL2AndComesBack() throws Exception {
        try (LocalL1 l1 = LocalL1.start();
                LocalL1 l2 = LocalL1.start("--chain-id", "31338")) {
            installBridge(l2.client());
            Deployment deployment = l1.deploy();
            ChainContract contract = l1.contract(deployment);
            Messages messages = new Messages(contract, deployment.blockNumber(), l2.client());
            List<String> announced = new ArrayList<>();
            DirectSender onL1 = new DirectSender(l1.client(), LocalL1.USER, announced::add);
            DirectSender onL2 = new DirectSender(l2.client(), LocalL1.USER, announced::add);

            Messages.Sent deposit =
                    Messages.deposit(onL1, deployment.contract(), ALICE, BigInteger.valueOf(5000), PATIENCE);
            assertThat(deposit.index()).isZero();
            assertThat(messages.isProcessed(0)).isFalse();
            relay(l1, deployment, l2).tick();
            assertThat(messages.isProcessed(0)).isTrue();
            assertThat(l2.client().balance(ALICE)).isEqualTo(BigInteger.valueOf(5000));

            assertThat(Messages.withdraw(onL2, ALICE, BigInteger.valueOf(30), PATIENCE)
                            .index())
                    .isZero();
            Messages.Sent second = Messages.withdraw(onL2, ALICE, BigInteger.valueOf(41), PATIENCE);
            assertThat(announced)
                    .containsExactly(deposit.transactionHash(), announced.get(1), second.transactionHash());
            assertThat(messages.claim(1)).as("nothing is executed").isEmpty();
            MessageQueue queue = MessageQueue.EMPTY.plus(ALICE, BigInteger.valueOf(5000), new byte[0]);
            Bytes32 root = Bytes32.of(l2.client().storage(L2BridgeState.ADDRESS, L2BridgeState.WITHDRAWAL_ROOT_SLOT));
            TestBatches batches =
                    TestBatches.of(l1.genesis(), batch(l1, l2.client().blockNumber(), queue, root));
            Messages.withdraw(onL2, ALICE, BigInteger.valueOf(9), PATIENCE);
            LocalL1.turnUntil(l1.component(deployment, batches), 1, 1, 1);

            assertThat(messages.claim(2)).as("not in an executed batch").isEmpty();
            onL1.send(deployment.contract(), BigInteger.ZERO, messages.claim(1).orElseThrow(), PATIENCE);
            assertThat(messages.isPaid(1)).isTrue();
            assertThat(messages.isPaid(0)).isFalse();
            assertThat(l1.client().balance(ALICE)).isEqualTo(BigInteger.valueOf(41));
            assertThatThrownBy(() -> onL1.send(
                            deployment.contract(),
                            BigInteger.ZERO,
                            messages.claim(1).orElseThrow(),
                            PATIENCE))
                    .hasMessageContaining("WithdrawalAlreadyPaid[1]");
        }
    }
}
