package dev.thimble.l1;

import dev.thimble.chain.Bytes32;
import dev.thimble.chain.Hex;
import dev.thimble.contracts.NewBatch;
import dev.thimble.contracts.StoredBatch;
import dev.thimble.ethereum.ContractAbi;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Reads every batch back from L1 alone: which batches stand is told by the events, what they hold by the calldata of the transactions
 * that committed them. Nothing is believed: commitments are computed anew from the calldata and compared with the contract.
 */
public final class CommittedBatches {
    private final ChainContract contract;
    private final long fromBlock;

    /**
     * @param fromBlock the L1 block that created the contract, or an earlier one
     */
    public CommittedBatches(ChainContract contract, long fromBlock) {
        this.contract = contract;
        this.fromBlock = fromBlock;
    }

    /** A committed batch as an event tells of it. */
    private record Commit(long number, Bytes32 commitment, String transactionHash) {}

    /**
     * Batches 1, 2 … as they stand on L1, data included.
     *
     * @throws L1Failure if calldata, events and contract do not agree, or a batch was committed through another contract
     */
    public List<NewBatch> read() {
        long l2ChainId = contract.number("l2ChainId");
        Map<String, List<NewBatch>> calls = new HashMap<>();
        return standing().stream()
                .map(commit ->
                        checked(commit, calls.computeIfAbsent(commit.transactionHash(), this::calldata), l2ChainId))
                .toList();
    }

    /**
     * One batch as it stands on L1, data included.
     *
     * @throws L1Failure as {@link #read}
     */
    public Optional<NewBatch> read(long number) {
        return standing().stream()
                .filter(commit -> commit.number() == number)
                .findFirst()
                .map(commit -> checked(commit, calldata(commit.transactionHash()), contract.number("l2ChainId")));
    }

    private NewBatch checked(Commit commit, List<NewBatch> call, long l2ChainId) {
        NewBatch batch = call.stream()
                .filter(b -> b.number() == commit.number())
                .findFirst()
                .orElseThrow(() -> new L1Failure(
                        "the calldata of " + commit.transactionHash() + " has no batch " + commit.number()));
        StoredBatch stored = batch.stored(l2ChainId);
        if (!stored.commitment().equals(commit.commitment())
                || !stored.hash().equals(contract.storedBatchHash(commit.number()))) {
            throw new L1Failure("batch " + commit.number() + " in the calldata is not the one that the contract has");
        }
        return batch;
    }

    private List<Commit> standing() {
        List<Commit> commits = new ArrayList<>();
        for (JsonNode log : contract.client().logs(contract.address(), fromBlock)) {
            ContractAbi.Event event = ChainContract.ABI.decodeLog(log).orElse(null);
            if (event == null) {
                continue;
            }
            long number = event.values().getFirst() instanceof BigInteger n ? n.longValue() : 0;
            if (event.name().equals("BatchCommitted") && number > 0) {
                commits.add(new Commit(
                        number,
                        Bytes32.of((byte[]) event.values().get(1)),
                        log.path("transactionHash").asString()));
            } else if (event.name().equals("BatchesReverted")) {
                commits.removeIf(commit -> commit.number() > number);
            }
        }
        return commits;
    }

    private List<NewBatch> calldata(String transactionHash) {
        JsonNode transaction = contract.client()
                .transaction(transactionHash)
                .orElseThrow(() -> new L1Failure("the node has no transaction " + transactionHash));
        if (!contract.address().hex().equalsIgnoreCase(transaction.path("to").asString(""))) {
            throw new L1Failure("transaction " + transactionHash + " commits batches through another contract");
        }
        byte[] data = Hex.parseData(transaction.path("input").asString());
        List<?> structs =
                (List<?>) ChainContract.ABI.decodeCall("commitBatches", data).get(1);
        return structs.stream()
                .map(fields -> NewBatch.fromAbi((List<?>) fields))
                .toList();
    }
}
