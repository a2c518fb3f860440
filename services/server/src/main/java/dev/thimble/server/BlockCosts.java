package dev.thimble.server;

import dev.thimble.chain.StfCost;
import dev.thimble.jobqueue.QueueDatabase;
import dev.thimble.model.ChainId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** What the executions of one chain's followed blocks took: columns of the table of blocks. */
final class BlockCosts {
    private final QueueDatabase database;
    private final ChainId chain;

    BlockCosts(QueueDatabase database, ChainId chain) {
        this.database = database;
        this.chain = chain;
    }

    /** The first open block whose cost is not known. */
    Optional<L2Block> oldestUnknown() {
        return database.transaction(handle -> handle.createQuery("""
                SELECT * FROM server_blocks
                WHERE chain_id = :chain AND batch_number IS NULL AND cycles IS NULL AND refused IS NULL
                ORDER BY number LIMIT 1
                """)
                .bind("chain", chain.value())
                .map((row, context) -> BlockTable.block(row))
                .findFirst());
    }

    /** Notes what executing a block took; nothing if it was replaced meanwhile. */
    void set(L2Block block, BlockRun.Accepted run) {
        StfCost cost = run.cost();
        database.transaction(handle -> handle.createUpdate("""
                UPDATE server_blocks SET cycles = :cycles, circuit_rows = :rows, touched_words = :words,
                    keccak_calls = :keccak, secp256k1_calls = :secp256k1, u256_calls = :u256, messages = :messages
                WHERE chain_id = :chain AND number = :number AND hash = :hash
                """)
                .bind("cycles", cost.cycles())
                .bind("rows", cost.rows())
                .bind("words", cost.touchedWords())
                .bind("keccak", cost.calls().keccak())
                .bind("secp256k1", cost.calls().secp256k1())
                .bind("u256", cost.calls().u256())
                .bind("messages", run.messages())
                .bind("chain", chain.value())
                .bind("number", block.number())
                .bind("hash", block.hash())
                .execute());
    }

    /** How many messages of L1 a block processed; 0 if that is not known. */
    long messages(long block) {
        return database.transaction(handle -> handle.createQuery("""
                SELECT coalesce(block.messages - CASE WHEN block.number = 1 THEN 0 ELSE before.messages END, 0)
                FROM server_blocks block
                LEFT JOIN server_blocks before ON before.chain_id = block.chain_id AND before.number = block.number - 1
                WHERE block.chain_id = :chain AND block.number = :block
                """)
                .bind("chain", chain.value())
                .bind("block", block)
                .mapTo(Long.class)
                .findFirst()
                .orElse(0L));
    }

    /** Notes that the batch program does not accept a block; nothing if it was replaced meanwhile. */
    void setRefused(L2Block block, String reason) {
        database.transaction(handle -> handle.createUpdate("""
                UPDATE server_blocks SET refused = :reason WHERE chain_id = :chain AND number = :number AND hash = :hash
                """)
                .bind("reason", reason)
                .bind("chain", chain.value())
                .bind("number", block.number())
                .bind("hash", block.hash())
                .execute());
    }

    /** An open block with what is known of it. */
    static OpenBlock open(ResultSet row) throws SQLException {
        return new OpenBlock(BlockTable.block(row), cost(row), row.getString("refused") != null);
    }

    private static Optional<StfCost> cost(ResultSet row) throws SQLException {
        long cycles = row.getLong("cycles");
        if (row.wasNull()) {
            return Optional.empty();
        }
        StfCost.Calls calls = new StfCost.Calls(
                row.getLong("keccak_calls"), row.getLong("secp256k1_calls"), row.getLong("u256_calls"));
        return Optional.of(new StfCost(cycles, row.getLong("circuit_rows"), 0, row.getLong("touched_words"), calls));
    }
}
