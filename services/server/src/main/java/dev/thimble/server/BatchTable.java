package dev.thimble.server;

import dev.thimble.chain.BatchCommitment;
import dev.thimble.chain.StfCost;
import dev.thimble.jobqueue.QueueDatabase;
import dev.thimble.model.BatchId;
import dev.thimble.model.ChainId;
import dev.thimble.model.ProtocolVersion;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The sealed batches of one chain, and what the components make of each before it is offered to gateways. */
public final class BatchTable {
    private final QueueDatabase database;
    private final ChainId chain;

    public BatchTable(QueueDatabase database, ChainId chain) {
        this.database = database;
        this.chain = chain;
    }

    ChainId chain() {
        return chain;
    }

    QueueDatabase database() {
        return database;
    }

    /** One batch. */
    public Optional<SealedBatch> batch(long number) {
        return batches(number, 1).stream()
                .filter(batch -> batch.id().number() == number)
                .findFirst();
    }

    /** The batches from {@code first} on, in order, at most {@code limit}. */
    public List<SealedBatch> batches(long first, int limit) {
        return database.transaction(handle -> handle.createQuery("""
                SELECT * FROM server_batches WHERE chain_id = :chain AND number >= :first ORDER BY number LIMIT :limit
                """)
                .bind("chain", chain.value())
                .bind("first", first)
                .bind("limit", limit)
                .map((row, context) -> read(row))
                .list());
    }

    /** The number of the newest batch. */
    public Optional<Long> newest() {
        return database.transaction(
                handle -> handle.createQuery("SELECT max(number) FROM server_batches WHERE chain_id = :chain")
                        .bind("chain", chain.value())
                        .mapTo(Long.class)
                        .findFirst());
    }

    /** The number of the newest batch whose proof was accepted; 0 while there is none. */
    public long newestProven() {
        return database.transaction(handle -> handle.createQuery("""
                SELECT coalesce(max(number), 0) FROM server_batches WHERE chain_id = :chain AND proven_at IS NOT NULL
                """)
                .bind("chain", chain.value())
                .mapTo(Long.class)
                .one());
    }

    /** The oldest batch that a component has not done. */
    Optional<SealedBatch> oldestWithout(Step step) {
        return database.transaction(handle -> handle.createQuery("SELECT * FROM server_batches WHERE chain_id = :chain"
                        + " AND number > 0 AND " + step.column + " IS NULL ORDER BY number LIMIT 1")
                .bind("chain", chain.value())
                .map((row, context) -> read(row))
                .findFirst());
    }

    /** What has to happen to a batch before it is offered; what a program commits to may follow from its input. */
    enum Step {
        CHECK("checked_at"),
        COMMITMENT("expected_output"),
        INPUT("input_path");

        private final String column;

        Step(String column) {
            this.column = column;
        }
    }

    /** Notes that every block's hash has been recomputed. */
    void setChecked(BatchId batch) {
        update(batch, "checked_at = now()", null);
    }

    /** Notes what the program must commit to. */
    void setExpectedOutput(BatchId batch, String output) {
        update(batch, "expected_output = :value", output);
    }

    private void update(BatchId batch, String assignment, @Nullable String value) {
        database.transaction(handle -> handle.createUpdate(
                        "UPDATE server_batches SET " + assignment + " WHERE chain_id = :chain AND number = :number")
                .bind("value", value)
                .bind("chain", batch.chain().value())
                .bind("number", batch.number())
                .execute());
    }

    /** What L1 is told of a batch, once it is executed; of batch 0 from the genesis file. */
    Optional<BatchCommitment> commitment(long number) {
        return database.transaction(handle -> handle.createQuery("""
                SELECT commitment FROM server_batches
                WHERE chain_id = :chain AND number = :number AND commitment IS NOT NULL
                """)
                .bind("chain", chain.value())
                .bind("number", number)
                .map((row, context) -> new BatchCommitment(row.getBytes("commitment")))
                .findFirst());
    }

    /** How many messages of L1 a batch processed; 0 if that is not known. */
    long messages(long number) {
        Optional<BatchCommitment> before = commitment(number - 1);
        return commitment(number)
                .map(after -> after.messages()
                        .subtract(before.map(BatchCommitment::messages).orElse(BigInteger.ZERO))
                        .longValueExact())
                .orElse(0L);
    }

    /** Notes what a batch's execution gave. */
    void setCommitment(BatchId batch, BatchCommitment commitment, Optional<StfCost> cost) {
        database.transaction(handle -> handle.createUpdate("""
                UPDATE server_batches SET commitment = :commitment, cycles = :cycles, circuit_rows = :rows
                WHERE chain_id = :chain AND number = :number
                """)
                .bind("commitment", commitment.preimage())
                .bind("cycles", cost.map(StfCost::cycles).orElse(null))
                .bind("rows", cost.map(StfCost::rows).orElse(null))
                .bind("chain", batch.chain().value())
                .bind("number", batch.number())
                .execute());
    }

    /** The SNARK of a batch, proof.json of snarkjs. */
    Optional<String> snark(long number) {
        return database.transaction(handle -> handle.createQuery("""
                SELECT snark_proof FROM server_batches
                WHERE chain_id = :chain AND number = :number AND snark_proof IS NOT NULL
                """)
                .bind("chain", chain.value())
                .bind("number", number)
                .mapTo(String.class)
                .findFirst());
    }

    /** Notes that a batch cannot be proven. */
    void setStopped(BatchId batch, String reason) {
        update(batch, "stopped_because = :value", reason);
    }

    /** Notes where the witness input is; the batch is not stopped (any more). */
    void setInput(BatchId batch, SealedBatch.Input input) {
        database.transaction(handle -> handle.createUpdate("""
                UPDATE server_batches SET input_path = :path, input_bytes = :bytes, input_sha256 = :sha256,
                    stopped_because = NULL
                WHERE chain_id = :chain AND number = :number
                """)
                .bind("path", input.path())
                .bind("bytes", input.bytes())
                .bind("sha256", input.sha256())
                .bind("chain", batch.chain().value())
                .bind("number", batch.number())
                .execute());
    }

    static SealedBatch read(ResultSet row) throws SQLException {
        String path = row.getString("input_path");
        return new SealedBatch(
                BatchId.of(row.getLong("chain_id"), row.getLong("number")),
                row.getLong("first_block"),
                row.getLong("last_block"),
                row.getLong("block_timestamp"),
                row.getString("state_root"),
                row.getString("block_hash"),
                row.getLong("transactions"),
                row.getLong("gas_used"),
                row.getLong("data_bytes"),
                row.getTimestamp("sealed_at").toInstant(),
                row.getString("sealed_because"),
                ProtocolVersion.parse(row.getString("protocol_version")),
                row.getString("program"),
                row.getString("program_sha256"),
                row.getTimestamp("checked_at") != null,
                row.getString("expected_output"),
                path == null
                        ? null
                        : new SealedBatch.Input(path, row.getLong("input_bytes"), row.getString("input_sha256")),
                row.getString("stopped_because"),
                row.getString("gateway"),
                instant(row, "offered_at"),
                instant(row, "acknowledged_at"),
                instant(row, "proven_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }
}
