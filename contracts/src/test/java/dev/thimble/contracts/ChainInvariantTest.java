package dev.thimble.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.chain.Address;
import dev.thimble.chain.Bytes32;
import dev.thimble.ethereum.RpcException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random sequences of calls, right and wrong ones, against a model: nothing but what the model allows happens. */
class ChainInvariantTest extends DevChainTest {
    private static final Address ALICE = new Address("0x" + "a0".repeat(20));

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void randomCallsKeepTheInvariants(long seed) {
        new Model(seed).run(70);
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(longs = {3, 4, 5, 6, 7, 8, 9, 10})
    void manyRandomCallsKeepTheInvariants(long seed) {
        new Model(seed).run(250);
    }

    private static final class Model {
        private final long seed;
        private final SplittableRandom random;
        private final Rollup rollup;
        private final DevChain.Contract contract;
        private final List<StoredBatch> batches = new ArrayList<>();
        private final List<Integer> withdrawalsAt = new ArrayList<>(List.of(0));
        private final List<MessageQueue> queue = new ArrayList<>(List.of(MessageQueue.EMPTY));
        private final WithdrawalTree withdrawals = new WithdrawalTree();
        private final List<Boolean> paid = new ArrayList<>();
        private final List<BigInteger> values = new ArrayList<>();
        private final BigInteger aliceBefore = chain.client().balance(ALICE);
        private int verified;
        private int executed;
        private BigInteger locked = BigInteger.ZERO;
        private BigInteger paidTotal = BigInteger.ZERO;

        Model(long seed) {
            this.seed = seed;
            this.random = new SplittableRandom(seed);
            this.rollup = Rollup.deploy(chain, seed);
            this.contract = rollup.contract();
            batches.add(rollup.genesis());
        }

        void run(int steps) {
            for (int step = 0; step < steps; step++) {
                int action = random.nextInt(10);
                switch (action) {
                    case 0, 1 -> commit();
                    case 2, 3 -> prove();
                    case 4 -> execute();
                    case 5 -> revert();
                    case 6 -> deposit();
                    case 7 -> withdrawOnL2();
                    case 8 -> takeWithdrawal();
                    default -> tryForbidden();
                }
                check("seed " + seed + " step " + step + " action " + action);
            }
        }

        private void commit() {
            MessageQueue messages = queue.get(random.nextInt((int) last().messageCount(), queue.size()));
            NewBatch batch = rollup.next(last(), messages, withdrawals.root(withdrawals.size()));
            rollup.commit(last(), batch);
            batches.add(Rollup.stored(batch));
            withdrawalsAt.add(withdrawals.size());
        }

        private void prove() {
            if (verified < batches.size() - 1) {
                rollup.prove(batches.get(verified), batches.get(verified + 1));
                verified++;
            }
        }

        private void execute() {
            if (executed < verified) {
                rollup.execute(batches.get(executed + 1));
                executed++;
            }
        }

        private void revert() {
            if (verified < batches.size() - 1) {
                int total = random.nextInt(verified, batches.size() - 1);
                contract.send(DevChain.OPERATOR, "revertBatches", total);
                batches.subList(total + 1, batches.size()).clear();
                withdrawalsAt.subList(total + 1, withdrawalsAt.size()).clear();
            }
        }

        private void deposit() {
            BigInteger value = BigInteger.valueOf(random.nextLong(1, 1000));
            contract.pay(DevChain.USER, value, "deposit", ALICE, new byte[] {9});
            queue.add(queue.getLast().plus(ALICE, value, new byte[] {9}));
            locked = locked.add(value);
        }

        /** Only what was deposited can come back. */
        private void withdrawOnL2() {
            BigInteger open = locked.subtract(values.stream().reduce(BigInteger.ZERO, BigInteger::add));
            BigInteger value = open.min(BigInteger.valueOf(random.nextLong(1, 300)));
            withdrawals.add(ALICE, value);
            values.add(value);
            paid.add(false);
        }

        private void takeWithdrawal() {
            int available = withdrawalsAt.get(executed);
            if (values.isEmpty()) {
                return;
            }
            int index = random.nextInt(values.size());
            int size = index < available ? available : values.size();
            Object[] arguments = {
                executed,
                index,
                ALICE,
                values.get(index),
                withdrawals.proof(index, size).stream().map(Bytes32::bytes).toList()
            };
            if (index < available && !paid.get(index)) {
                contract.send(DevChain.USER, "finalizeWithdrawal", arguments);
                paid.set(index, true);
                paidTotal = paidTotal.add(values.get(index));
            } else {
                String expected = index < available
                        ? "WithdrawalAlreadyPaid[" + index + "]"
                        : available == 0 ? "NoWithdrawalRoot[" + executed + "]" : "WrongWithdrawalProof[]";
                assertThat(contract.revert(DevChain.USER, "finalizeWithdrawal", arguments))
                        .isEqualTo(expected);
            }
        }

        /** Sends something that must revert, as a transaction. */
        private void tryForbidden() {
            StoredBatch any = batches.get(random.nextInt(batches.size()));
            Runnable forbidden = List.<Runnable>of(
                            () -> rollup.execute(any),
                            () -> contract.send(DevChain.OPERATOR, "revertBatches", batches.size() - 1),
                            () -> rollup.commit(any, rollup.next(rollup.genesis(), queue.getLast(), any.blockHash())),
                            () -> contract.send(DevChain.USER, "setPaused", true))
                    .get(random.nextInt(4));
            boolean executable = any.number() == executed + 1 && any.number() <= verified;
            if (executable || batches.size() == 1) {
                return;
            }
            try {
                forbidden.run();
            } catch (RpcException e) {
                assertThat(e.revertData()).isNotEmpty();
                return;
            }
            throw new AssertionError("seed " + seed + ": a forbidden call succeeded");
        }

        private StoredBatch last() {
            return batches.getLast();
        }

        private void check(String when) {
            assertThat(List.of(
                            contract.number("totalBatchesCommitted"),
                            contract.number("totalBatchesVerified"),
                            contract.number("totalBatchesExecuted")))
                    .as(when)
                    .containsExactly((long) batches.size() - 1, (long) verified, (long) executed);
            int count = queue.size() - 1;
            assertThat(contract.number("totalMessages")).as(when).isEqualTo(count);
            assertThat((byte[]) contract.get("messageRollingHash", count))
                    .as(when)
                    .isEqualTo(queue.getLast().rollingHash().bytes());
            int number = random.nextInt(batches.size());
            assertThat((byte[]) contract.get("storedBatchHash", number))
                    .as(when)
                    .isEqualTo(batches.get(number).hash().bytes());
            assertThat((byte[]) contract.get("storedBatchHash", batches.size()))
                    .as(when)
                    .containsOnly(0);
            assertThat(chain.client().balance(contract.address())).as(when).isEqualTo(locked.subtract(paidTotal));
            assertThat(chain.client().balance(ALICE)).as(when).isEqualTo(aliceBefore.add(paidTotal));
        }
    }
}
