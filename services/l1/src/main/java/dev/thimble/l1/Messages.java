package dev.thimble.l1;

import dev.thimble.chain.Address;
import dev.thimble.chain.Bytes32;
import dev.thimble.contracts.ContractArtifact;
import dev.thimble.contracts.L2BridgeState;
import dev.thimble.contracts.NewBatch;
import dev.thimble.contracts.WithdrawalTree;
import dev.thimble.ethereum.ContractAbi;
import dev.thimble.ethereum.EthereumClient;
import dev.thimble.ethereum.Receipt;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Deposits from L1 to L2 and withdrawals from L2 to L1, for whoever sends them. */
public final class Messages {
    private static final ContractAbi BRIDGE = ContractArtifact.L2_BRIDGE.abi();

    private final ChainContract contract;
    private final long fromBlock;
    private final EthereumClient l2;

    /**
     * @param contract the chain on L1
     * @param fromBlock the L1 block that created the contract
     * @param l2 the L2 node
     */
    public Messages(ChainContract contract, long fromBlock, EthereumClient l2) {
        this.contract = contract;
        this.fromBlock = fromBlock;
        this.l2 = l2;
    }

    /**
     * A message that was sent.
     *
     * @param transactionHash of the transaction that sent it
     * @param index its number among the messages of its direction
     */
    public record Sent(String transactionHash, long index) {}

    /** Locks value on L1 and asks L2 to pay it to the recipient. */
    public static Sent deposit(
            DirectSender sender, Address contract, Address to, BigInteger valueWei, Duration patience) {
        byte[] call = ChainContract.ABI.encodeCall("deposit", to, new byte[0]);
        Receipt receipt = sender.send(contract, valueWei, call, patience);
        return new Sent(receipt.transactionHash(), index(ChainContract.ABI, receipt.logs(), "MessageQueued"));
    }

    /** Locks value in the bridge on L2; the sender is of L2. */
    public static Sent withdraw(DirectSender sender, Address to, BigInteger valueWei, Duration patience) {
        byte[] call = BRIDGE.encodeCall("withdraw", to);
        Receipt receipt = sender.send(L2BridgeState.ADDRESS, valueWei, call, patience);
        return new Sent(receipt.transactionHash(), index(BRIDGE, receipt.logs(), "Withdrawal"));
    }

    /** Whether L2 has processed a deposit. */
    public boolean isProcessed(long index) {
        return MessageRelay.processed(l2) > index;
    }

    /** Whether L1 has paid a withdrawal. */
    public boolean isPaid(long index) {
        return (boolean) contract.get("isWithdrawalPaid", index);
    }

    /**
     * The call that takes a withdrawal on L1, once a batch that holds it is executed. The tree is built from the withdrawals of L2 up to that batch's
     * last block, and its root compared with L1's.
     *
     * @throws L1Failure if the L2 node's withdrawals are not those that were proven
     */
    public Optional<byte[]> claim(long index) {
        long executed = contract.totals().executed();
        if (executed == 0) {
            return Optional.empty();
        }
        NewBatch batch = new CommittedBatches(contract, fromBlock)
                .read(executed)
                .orElseThrow(() -> new L1Failure("the L1 node does not tell of batch " + executed
                        + ", which is executed: is --from-block after the contract's block?"));
        WithdrawalTree tree = new WithdrawalTree();
        Address to = Address.ZERO;
        BigInteger value = BigInteger.ZERO;
        for (JsonNode log : l2.logs(L2BridgeState.ADDRESS, 0)) {
            ContractAbi.Event event = BRIDGE.decodeLog(log).orElse(null);
            long block = new BigInteger(log.path("blockNumber").asString().substring(2), 16).longValueExact();
            if (event == null || !event.name().equals("Withdrawal") || block > batch.lastBlock()) {
                continue;
            }
            if (tree.size() == index) {
                to = (Address) event.values().get(1);
                value = (BigInteger) event.values().get(2);
            }
            tree.add(
                    (Address) event.values().get(1), (BigInteger) event.values().get(2));
        }
        if (index >= tree.size()) {
            return Optional.empty();
        }
        if (!tree.root(tree.size()).equals(batch.withdrawalRoot())) {
            throw new L1Failure("the withdrawals of the L2 node are not those of batch " + executed + " on L1");
        }
        List<byte[]> proof = tree.proof((int) index, tree.size()).stream()
                .map(Bytes32::bytes)
                .toList();
        return Optional.of(ChainContract.ABI.encodeCall("finalizeWithdrawal", executed, index, to, value, proof));
    }

    private static long index(ContractAbi abi, JsonNode logs, String event) {
        return logs.valueStream()
                .flatMap(log -> abi.decodeLog(log).stream())
                .filter(e -> e.name().equals(event))
                .map(e -> ((BigInteger) e.values().getFirst()).longValueExact())
                .findFirst()
                .orElseThrow(() -> new L1Failure("the receipt has no event " + event));
    }
}
