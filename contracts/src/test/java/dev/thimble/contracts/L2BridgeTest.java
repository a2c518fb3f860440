package dev.thimble.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.chain.Address;
import dev.thimble.chain.Bytes32;
import dev.thimble.chain.Hex;
import dev.thimble.ethereum.Receipt;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The predeploy against the Java reference of queue and tree. */
class L2BridgeTest extends DevChainTest {
    private static final BigInteger SUPPLY = BigInteger.TEN.pow(24);
    /** Runtime code that returns, one that reverts, and one that burns all its gas. */
    private static final Map<Address, String> RECIPIENTS = Map.of(
            new Address("0x" + "c1".repeat(20)), "0x00",
            new Address("0x" + "c2".repeat(20)), "0x5f5ffd",
            new Address("0x" + "c3".repeat(20)), "0x5b5f56");

    private static DevChain.Contract bridge;

    @BeforeAll
    static void deploy() {
        bridge = chain.installBridge(SUPPLY);
        RECIPIENTS.forEach((address, code) -> chain.client().rpc().call("anvil_setCode", address.hex(), code));
    }

    private static byte[] slot(int slot) {
        return chain.client().storage(L2BridgeState.ADDRESS, slot);
    }

    private static void expectState(MessageQueue queue, Bytes32 root) {
        assertThat(slot(L2BridgeState.MESSAGE_COUNT_SLOT)).isEqualTo(Bytes32.word(queue.count()));
        assertThat(slot(L2BridgeState.MESSAGE_ROLLING_HASH_SLOT))
                .isEqualTo(queue.rollingHash().bytes());
        assertThat(slot(L2BridgeState.WITHDRAWAL_ROOT_SLOT)).isEqualTo(root.bytes());
    }

    @Test
    void genesisIsEmpty() {
        expectState(MessageQueue.EMPTY, Bytes32.ZERO);
        assertThat(bridge.get("operator")).isEqualTo(DevChain.OPERATOR.address());
    }

    @Test
    void theQueueIsTheReference() {
        SplittableRandom random = new SplittableRandom(21);
        MessageQueue queue = MessageQueue.EMPTY;
        BigInteger paid = BigInteger.ZERO;
        for (int i = 0; i < 12; i++) {
            byte[] data = new byte[random.nextInt(100)];
            random.nextBytes(data);
            Address to = new Address("0x" + "d" + i % 3 + "0".repeat(38));
            BigInteger value = BigInteger.valueOf(random.nextLong(1L << 40));
            bridge.send(DevChain.OPERATOR, "deposit", i, to, value, data);
            queue = queue.plus(to, value, data);
            paid = paid.add(value);
            expectState(queue, Bytes32.ZERO);
        }
        assertThat(chain.client().balance(L2BridgeState.ADDRESS)).isEqualTo(SUPPLY.subtract(paid));
    }

    @Test
    void onlyTheOperatorDepositsAndOnlyTheNextMessage() {
        Address to = DevChain.USER.address();
        assertThat(bridge.revert(DevChain.USER, "deposit", 0, to, 1, new byte[0]))
                .isEqualTo("NotOperator[]");
        assertThat(bridge.revert(DevChain.OPERATOR, "deposit", 1, to, 1, new byte[0]))
                .isEqualTo("MessageNotNext[0, 1]");
        bridge.send(DevChain.OPERATOR, "deposit", 0, to, 1, new byte[0]);
        assertThat(bridge.revert(DevChain.OPERATOR, "deposit", 0, to, 1, new byte[0]))
                .isEqualTo("MessageNotNext[1, 0]");
        assertThat(bridge.revert(DevChain.USER, "setOperator", to)).isEqualTo("NotOperator[]");
        assertThat(bridge.revert(DevChain.OPERATOR, "setOperator", Address.ZERO))
                .isEqualTo("ZeroAddress[]");
        bridge.send(DevChain.OPERATOR, "setOperator", to);
        bridge.send(DevChain.USER, "deposit", 1, to, 1, new byte[0]);
    }

    @Test
    void aFailingMessageDoesNotBlockTheQueueAndCanBeRetried() {
        Address reverting = new Address("0x" + "c2".repeat(20));
        Address burning = new Address("0x" + "c3".repeat(20));
        List<Address> recipients = List.of(reverting, burning, L2BridgeState.ADDRESS);
        for (int i = 0; i < recipients.size(); i++) {
            Receipt receipt = bridge.send(DevChain.OPERATOR, "deposit", i, recipients.get(i), 7, new byte[4]);
            assertThat(bridge.events(receipt, "MessageProcessed").getFirst().getLast())
                    .isEqualTo(false);
        }
        assertThat(chain.client().balance(L2BridgeState.ADDRESS)).isEqualTo(SUPPLY);
        assertThat(bridge.revert(DevChain.USER, "retry", 0, reverting, 7, new byte[4]))
                .isEqualTo("RetryFailed[0]");
        chain.client().rpc().call("anvil_setCode", reverting.hex(), "0x00");
        assertThat(bridge.revert(DevChain.USER, "retry", 0, reverting, 8, new byte[4]))
                .isEqualTo("NotFailedMessage[0]");
        assertThat(bridge.revert(DevChain.USER, "retry", 2, reverting, 7, new byte[4]))
                .isEqualTo("NotFailedMessage[2]");
        bridge.send(DevChain.USER, "retry", 0, reverting, 7, new byte[4]);
        assertThat(chain.client().balance(reverting)).isEqualTo(BigInteger.valueOf(7));
        assertThat(bridge.revert(DevChain.USER, "retry", 0, reverting, 7, new byte[4]))
                .isEqualTo("NotFailedMessage[0]");
    }

    /** The operator must not be able to make a good message fail by giving it little gas. */
    @Test
    void littleGasNeverFailsAMessageQuietly() {
        Address storing = new Address("0x" + "c4".repeat(20));
        // Twelve storage writes: sstore(gas, 1) with ever other keys.
        chain.client().rpc().call("anvil_setCode", storing.hex(), "0x" + "60015a55".repeat(12));
        byte[] data = bridge.abi().encodeCall("deposit", 0, storing, 1, new byte[0]);
        int delivered = 0;
        for (long gas = 60_000; gas < 600_000; gas += 20_000) {
            String before = chain.snapshot();
            var transaction = Map.of(
                    "from", DevChain.OPERATOR.address().hex(),
                    "to", L2BridgeState.ADDRESS.hex(),
                    "gas", Hex.quantity(gas),
                    "data", Hex.data(data));
            String hash = chain.client()
                    .rpc()
                    .call("eth_sendTransaction", transaction)
                    .asString();
            Receipt receipt = chain.await(hash);
            if (receipt.success()) {
                assertThat(bridge.events(receipt, "MessageProcessed").getFirst().getLast())
                        .isEqualTo(true);
                delivered++;
            }
            chain.restore(before);
        }
        assertThat(delivered).isPositive();
    }

    @Test
    void theTreeOfWithdrawalsIsTheReference() {
        SplittableRandom random = new SplittableRandom(22);
        WithdrawalTree tree = new WithdrawalTree();
        for (int i = 0; i < 20; i++) {
            Address to = new Address("0x" + "e" + i % 10 + "0".repeat(38));
            BigInteger value = BigInteger.valueOf(random.nextLong(1L << 40));
            tree.add(to, value);
            Receipt receipt = bridge.pay(DevChain.USER, value, "withdraw", to);
            assertThat(bridge.events(receipt, "Withdrawal").getFirst())
                    .containsExactly(BigInteger.valueOf(i), to, value);
            expectState(MessageQueue.EMPTY, tree.root(i + 1));
        }
        assertThat(bridge.revert(DevChain.USER, "withdraw", Address.ZERO)).isEqualTo("ZeroAddress[]");
        assertThat(bridge.revertOf(DevChain.USER, BigInteger.ONE, new byte[0])).contains("revert");
    }
}
