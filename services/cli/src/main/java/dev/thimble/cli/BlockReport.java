package dev.thimble.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.thimble.chain.BatchCommitment;
import dev.thimble.chain.Block;
import dev.thimble.chain.StfCost;
import dev.thimble.chain.StfNotes;
import dev.thimble.chain.Transaction;
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
        Map<String, Long> rows,
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

    /** Rows of the main circuit, and touched words, which are the rows of MEMORY. */
    static Map<String, Long> rows(StfCost cost) {
        return Map.of("MAIN_VM", cost.rows(), "MEMORY", cost.touchedWords());
    }

    static BlockReport of(
            List<Block> blocks, StfNotes notes, StfCost cost, Batch batch, long witnessBytes, double seconds) {
        return new BlockReport(
                batch.commitment().chainId().longValueExact(),
                lines(blocks, notes),
                batch.commitment().stateRoot().hex(),
                batch.commitment().hash().hex(),
                batch.publicInput(),
                cost.cycles(),
                rows(cost),
                Calls.of(cost.calls()),
                witnessBytes,
                seconds);
    }

    /** The batch that the blocks are, and the public input of its proof. */
    record Batch(BatchCommitment commitment, String publicInput) {}
}
