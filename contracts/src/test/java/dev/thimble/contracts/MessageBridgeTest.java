package dev.thimble.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.chain.Address;
import dev.thimble.chain.Bytes32;
import dev.thimble.ethereum.Receipt;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Deposits with their deadline, and withdrawals from the bridge on L2 to the purse on L1. */
class MessageBridgeTest extends DevChainTest {
    private static final Address ALICE = new Address("0x" + "a0".repeat(20));
    private static final byte[] DATA = {1, 2, 3};

    private static Rollup rollup;
    private static DevChain.Contract contract;
    private static StoredBatch genesis;

    @BeforeAll
    static void deploy() {
        rollup = Rollup.deploy(chain, 13);
        contract = rollup.contract();
        genesis = rollup.genesis();
    }

    private static MessageQueue deposit(MessageQueue queue, long value) {
        contract.pay(DevChain.USER, BigInteger.valueOf(value), "deposit", ALICE, DATA);
        return queue.plus(ALICE, BigInteger.valueOf(value), DATA);
    }

    @Test
    void depositsAreQueuedWithTheReferenceHash() {
        MessageQueue queue = MessageQueue.EMPTY;
        for (int i = 1; i <= 4; i++) {
            queue = deposit(queue, i);
            assertThat((byte[]) contract.get("messageRollingHash", i))
                    .isEqualTo(queue.rollingHash().bytes());
            assertThat(contract.number("totalMessages")).isEqualTo(i);
            assertThat(contract.number("messageDeadline", i - 1))
                    .isEqualTo(chain.timestamp() + Rollup.DEADLINE_SECONDS);
        }
        assertThat(chain.client().balance(contract.address())).isEqualTo(BigInteger.TEN);
        assertThat(contract.revert(DevChain.USER, "deposit", Address.ZERO, DATA))
                .isEqualTo("ZeroAddress[]");
        assertThat(contract.revert(DevChain.USER, "deposit", ALICE, new byte[8193]))
                .isEqualTo("MessageTooLong[8193]");
        contract.send(DevChain.USER, "deposit", ALICE, new byte[8192]);
    }

    @Test
    void aBatchMustCarryTheQueueOfTheContract() {
        MessageQueue one = deposit(MessageQueue.EMPTY, 5);
        MessageQueue two = deposit(one, 6);
        MessageQueue forged = MessageQueue.EMPTY.plus(ALICE, BigInteger.valueOf(7), DATA);
        assertThat(rollup.commitError(genesis, rollup.next(genesis, forged, Bytes32.ZERO)))
                .isEqualTo("WrongMessageRollingHash[" + one.rollingHash() + ", " + forged.rollingHash() + "]");
        MessageQueue three = two.plus(ALICE, BigInteger.ONE, DATA);
        assertThat(rollup.commitError(genesis, rollup.next(genesis, three, Bytes32.ZERO)))
                .isEqualTo("WrongMessageCount[3]");
        NewBatch batch = rollup.next(genesis, two, Bytes32.ZERO);
        rollup.commit(genesis, batch);
        StoredBatch stored = Rollup.stored(batch);
        assertThat(rollup.commitError(stored, rollup.next(stored, one, Bytes32.ZERO)))
                .as("messages taken back")
                .isEqualTo("WrongMessageCount[1]");
        rollup.commit(stored, rollup.next(stored, two, Bytes32.ZERO));
    }

    @Test
    void aMessageMustBeProcessedBeforeItsDeadline() {
        MessageQueue one = deposit(MessageQueue.EMPTY, 5);
        NewBatch without = rollup.next(genesis);
        rollup.commit(genesis, without);
        StoredBatch first = Rollup.stored(without);
        chain.advance(Rollup.DEADLINE_SECONDS + 1);
        deposit(one, 6);
        NewBatch late = rollup.next(first);
        assertThat(rollup.commitError(first, late)).isEqualTo("MessageOverdue[0]");
        NewBatch with = rollup.next(first, one, Bytes32.ZERO);
        assertThat(rollup.commitError(first, late, with))
                .as("every batch is checked")
                .isEqualTo("MessageOverdue[0]");
        rollup.commit(first, with);
    }

    /**
     * Blocks that L2 made while nobody carried messages cannot be changed. One deposit of nothing must not make all that follows
     * uncommittable: the owner can let them pass, for a while.
     */
    @Test
    void anOutageLongerThanTheDeadlineDoesNotEndTheChain() {
        NewBatch before = rollup.next(genesis);
        StoredBatch first = Rollup.stored(before);
        MessageQueue one = deposit(MessageQueue.EMPTY, 0);
        chain.advance(Rollup.DEADLINE_SECONDS + 1);
        assertThat(rollup.commitError(genesis, before)).isEqualTo("MessageOverdue[0]");
        long tooLong = chain.timestamp() + 31 * 86_400;
        assertThat(contract.revert(DevChain.OWNER, "grantGrace", tooLong)).isEqualTo("GraceTooLong[" + tooLong + "]");
        contract.send(DevChain.OWNER, "grantGrace", chain.timestamp() + 600);
        rollup.commit(genesis, before);
        chain.advance(700);
        assertThat(rollup.commitError(first, rollup.next(first))).isEqualTo("MessageOverdue[0]");
        rollup.commit(first, rollup.next(first, one, Bytes32.ZERO));
    }

    /** Leaves have three words and inner nodes two: no node is a withdrawal, nor is a place that nobody filled. */
    @Test
    void whatIsNoLeafOfTheTreeIsNoWithdrawal() {
        WithdrawalTree tree = new WithdrawalTree();
        for (int i = 0; i < 4; i++) {
            tree.add(ALICE, BigInteger.valueOf(10 + i));
        }
        contract.pay(DevChain.USER, BigInteger.valueOf(1000), "deposit", ALICE, DATA);
        NewBatch batch = rollup.next(genesis, MessageQueue.EMPTY, tree.root(4));
        rollup.commit(genesis, batch);
        rollup.prove(genesis, Rollup.stored(batch));
        rollup.execute(Rollup.stored(batch));
        List<Bytes32> path = tree.proof(0, 4);
        List<Bytes32> oneUp = new ArrayList<>(path.subList(1, 32));
        oneUp.add(Bytes32.ZERO);
        assertThat(finalizeError(1, 0, 10, oneUp)).as("a leaf a level too high").isEqualTo("WrongWithdrawalProof[]");
        List<Bytes32> oneDown = new ArrayList<>(List.of(path.getFirst()));
        oneDown.addAll(path.subList(0, 31));
        assertThat(finalizeError(1, 0, 10, oneDown)).as("a level too low").isEqualTo("WrongWithdrawalProof[]");
        Object[] empty = arguments(1, 5, Address.ZERO, 0, tree.proof(3, 4));
        assertThat(contract.revert(DevChain.USER, "finalizeWithdrawal", empty)).isEqualTo("WrongWithdrawalProof[]");
        Object[] swapped = arguments(1, 1, ALICE, 10, path);
        assertThat(contract.revert(DevChain.USER, "finalizeWithdrawal", swapped))
                .isEqualTo("WrongWithdrawalProof[]");
        finalizeWithdrawal(0, 10, path);
    }

    @Test
    void withdrawalsArePaidOnceFromExecutedBatches() {
        DevChain.Contract bridge = chain.installBridge(BigInteger.TEN.pow(20));
        contract.pay(DevChain.USER, BigInteger.valueOf(1000), "deposit", ALICE, DATA);
        MessageQueue queue = MessageQueue.EMPTY.plus(ALICE, BigInteger.valueOf(1000), DATA);
        WithdrawalTree tree = new WithdrawalTree();
        for (int i = 0; i < 5; i++) {
            BigInteger value = BigInteger.valueOf(100 + i);
            bridge.pay(DevChain.USER, value, "withdraw", ALICE);
            tree.add(ALICE, value);
        }
        Bytes32 root = Bytes32.of(chain.client().storage(L2BridgeState.ADDRESS, L2BridgeState.WITHDRAWAL_ROOT_SLOT));
        assertThat(root).isEqualTo(tree.root(5));
        NewBatch batch = rollup.next(genesis, queue, root);
        StoredBatch stored = Rollup.stored(batch);
        rollup.commit(genesis, batch);
        assertThat(finalizeError(1, 0, 100, tree.proof(0, 5))).isEqualTo("NoWithdrawalRoot[1]");
        rollup.prove(genesis, stored);
        assertThat(finalizeError(1, 0, 100, tree.proof(0, 5))).isEqualTo("NoWithdrawalRoot[1]");
        rollup.execute(stored);
        takeEachOnce(tree);
    }

    private static void takeEachOnce(WithdrawalTree tree) {
        assertThat(finalizeError(0, 0, 100, tree.proof(0, 5))).isEqualTo("NoWithdrawalRoot[0]");
        assertThat(finalizeError(1, 0, 101, tree.proof(0, 5))).as("value").isEqualTo("WrongWithdrawalProof[]");
        assertThat(finalizeError(1, 1, 100, tree.proof(0, 5))).as("index").isEqualTo("WrongWithdrawalProof[]");
        assertThat(finalizeError(1, 0, 100, tree.proof(1, 5))).as("proof").isEqualTo("WrongWithdrawalProof[]");
        assertThat(finalizeError(1, 0, 100, tree.proof(0, 4))).as("older tree").isEqualTo("WrongWithdrawalProof[]");
        assertThat(finalizeError(1, 1L << 32, 100, tree.proof(0, 5)))
                .as("an index with the same path")
                .contains("revert");
        for (int i : List.of(4, 0, 2, 1, 3)) {
            Receipt receipt = finalizeWithdrawal(i, 100 + i, tree.proof(i, 5));
            assertThat(contract.events(receipt, "WithdrawalPaid").getFirst())
                    .containsExactly(BigInteger.valueOf(i), ALICE, BigInteger.valueOf(100 + i));
            assertThat(finalizeError(1, i, 100 + i, tree.proof(i, 5))).isEqualTo("WithdrawalAlreadyPaid[" + i + "]");
        }
        assertThat(chain.client().balance(ALICE)).isEqualTo(BigInteger.valueOf(510));
        assertThat(chain.client().balance(contract.address())).isEqualTo(BigInteger.valueOf(490));
    }

    @Test
    void anUnpayableWithdrawalStaysOpen() {
        WithdrawalTree tree = new WithdrawalTree();
        tree.add(ALICE, BigInteger.TWO);
        NewBatch batch = rollup.next(genesis, MessageQueue.EMPTY, tree.root(1));
        rollup.commit(genesis, batch);
        rollup.prove(genesis, Rollup.stored(batch));
        rollup.execute(Rollup.stored(batch));
        assertThat(finalizeError(1, 0, 2, tree.proof(0, 1))).as("empty purse").isEqualTo("TransferFailed[]");
        contract.pay(DevChain.USER, BigInteger.TEN, "deposit", ALICE, DATA);
        finalizeWithdrawal(0, 2, tree.proof(0, 1));
    }

    /** A recipient that calls back into finalizeWithdrawal gets nothing twice. */
    @Test
    void aReentrantRecipientIsPaidOnce() {
        Address thief = new Address("0x" + "bd".repeat(20));
        WithdrawalTree tree = new WithdrawalTree();
        tree.add(thief, BigInteger.valueOf(3));
        byte[] call = contract.abi().encodeCall("finalizeWithdrawal", arguments(1, 0, thief, 3, tree.proof(0, 1)));
        // Replays the call stored behind the code: codecopy, then call(gas, chain, 0, 0, size, 0, 0), ignoring failure.
        String size = "61" + HexFormat.of().toHexDigits((short) call.length);
        String prologue = size + "60" + "2f" + "5f39" + "5f5f" + size + "5f5f73"
                + contract.address().hex().substring(2) + "5af15000";
        String code = prologue
                + "00".repeat(47 - prologue.length() / 2)
                + HexFormat.of().formatHex(call);
        chain.client().rpc().call("anvil_setCode", thief.hex(), "0x" + code);
        contract.pay(DevChain.USER, BigInteger.TEN, "deposit", ALICE, DATA);
        NewBatch batch = rollup.next(genesis, MessageQueue.EMPTY, tree.root(1));
        rollup.commit(genesis, batch);
        rollup.prove(genesis, Rollup.stored(batch));
        rollup.execute(Rollup.stored(batch));
        contract.send(DevChain.USER, "finalizeWithdrawal", arguments(1, 0, thief, 3, tree.proof(0, 1)));
        assertThat(chain.client().balance(thief)).isEqualTo(BigInteger.valueOf(3));
        assertThat(chain.client().balance(contract.address())).isEqualTo(BigInteger.valueOf(7));
    }

    private static Object[] arguments(long batch, long index, Address to, long value, List<Bytes32> proof) {
        return new Object[] {
            batch, index, to, value, proof.stream().map(Bytes32::bytes).toList()
        };
    }

    private static Receipt finalizeWithdrawal(long index, long value, List<Bytes32> proof) {
        return contract.send(DevChain.USER, "finalizeWithdrawal", arguments(1, index, ALICE, value, proof));
    }

    private static String finalizeError(long batch, long index, long value, List<Bytes32> proof) {
        if (index >= 1L << 32) {
            byte[] data = contract.abi().encodeCall("finalizeWithdrawal", arguments(batch, 0, ALICE, value, proof));
            System.arraycopy(Bytes32.word(index), 0, data, 4 + 32, 32);
            return contract.revertOf(DevChain.USER, BigInteger.ZERO, data);
        }
        return contract.revert(DevChain.USER, "finalizeWithdrawal", arguments(batch, index, ALICE, value, proof));
    }
}
