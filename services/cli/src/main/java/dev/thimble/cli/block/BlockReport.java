package dev.thimble.cli.block;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.thimble.chain.BatchCommitment;
import dev.thimble.chain.Block;
import dev.thimble.chain.StfCost;
import dev.thimble.chain.StfNotes;
import dev.thimble.chain.StfRun;
import dev.thimble.chain.Transaction;
import dev.thimble.cli.proving.CircuitRows;
import dev.thimble.riscvcircuits.CircuitType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What executing a batch of blocks gave. */
record BlockReport(
        long chainId,
        List<BlockLine> blocks,
        String stateRoot,
        String batchCommitment,
        String publicInput,
        long cycles,
        Map<CircuitType, Long> rows,
        Calls calls,
        long witnessBytes,
        double seconds) {
    /** One block. */
    record BlockLine(long number, String hash, long gas, List<TransactionLine> transactions) {}

    /** One transaction; status 1 is success. */
    record TransactionLine(String hash, int type, int status, long gas) {}

    /** Accelerated calls by the circuit that proves them. */
    record Calls(
            @JsonProperty("KECCAK_F") long keccak,
            @JsonProperty("SECP256K1") long secp256k1,
            @JsonProperty("U256") long u256) {
        static Calls of(StfCost.Calls calls) {
            return new Calls(calls.keccak(), calls.secp256k1(), calls.u256());
        }
    }

    /** The lines of the blocks of a run. */
    static List<BlockLine> lines(List<Block> blocks, StfNotes notes) {
        var lines = new ArrayList<BlockLine>();
        for (int i = 0; i < blocks.size(); i++) {
            var block = blocks.get(i);
            var transactions = new ArrayList<TransactionLine>();
            for (var note : notes.transactions()) {
                if (note.block() == i) {
                    transactions.add(line(block.transactions().get(note.index()), note));
                }
            }
            var header = block.header();
            lines.add(new BlockLine(header.number(), header.hash().hex(), header.gasUsed(), List.copyOf(transactions)));
        }
        return List.copyOf(lines);
    }

    private static TransactionLine line(Transaction transaction, StfNotes.TransactionNote note) {
        return new TransactionLine(transaction.hash().hex(), transaction.type(), note.status(), note.gasUsed());
    }

    /**
     * The report of a run that accepted its batch.
     *
     * @param commitment the batch that the blocks are
     */
    static BlockReport of(List<Block> blocks, StfRun run, BatchCommitment commitment, double seconds) {
        var cost = run.cost().orElseThrow();
        return new BlockReport(
                commitment.chainId().longValueExact(),
                lines(blocks, run.notes()),
                commitment.stateRoot().hex(),
                commitment.hash().hex(),
                ((StfRun.Result.Accepted) run.result()).output().hex(),
                cost.cycles(),
                CircuitRows.of(cost),
                Calls.of(cost.calls()),
                run.witnessBytes(),
                seconds);
    }
}
