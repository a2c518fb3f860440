package dev.thimble.server;

import dev.thimble.jobqueue.QueueDatabase;
import dev.thimble.model.BatchId;
import dev.thimble.model.ChainId;
import dev.thimble.model.ProtocolVersion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The followed blocks of one chain and the sealing of batches. Every change locks the chain's row, so that two servers of one
 * chain cannot get in each other's way, and every method may be called again after a failure.
 */
public final class BlockTable {
    private static final int OPEN_BLOCKS_AT_ONCE = 1_000;

    private final QueueDatabase database;
    private final ChainId chain;
    private final BlockCosts costs;

    public BlockTable(QueueDatabase database, ChainId chain) {
        this.database = database;
        this.chain = chain;
        this.costs = new BlockCosts(database, chain);
    }

    /** What the blocks' executions took. */
    BlockCosts costs() {
        return costs;
    }

    /**
     * Enters the chain with its genesis block, which is batch 0; does nothing if it was entered before.
     *
     * @throws WrongNode if the chain was entered with another genesis block
     */
    void begin(L2Block genesis, ProtocolVersion version) {
        database.transaction(handle -> {
            int rows = handle.createUpdate("""
                    INSERT INTO server_chains (chain_id, genesis_hash) VALUES (:chain, :hash) ON CONFLICT DO NOTHING
                    """)
                    .bind("chain", chain.value())
                    .bind("hash", genesis.hash())
                    .execute();
            if (rows == 1) {
                insert(handle, genesis);
                seal(handle, List.of(genesis), 0, "genesis", version, "none", "none");
            }
            String known = handle.createQuery("SELECT genesis_hash FROM server_chains WHERE chain_id = :chain")
                    .bind("chain", chain.value())
                    .mapTo(String.class)
                    .one();
            if (!known.equals(genesis.hash())) {
                throw new WrongNode("the L2 node's genesis block is " + genesis.hash()
                        + " but this database holds chain " + chain + " with genesis " + known
                        + ": use that chain's node, or another database and chain id");
            }
            return true;
        });
    }

    /** The newest followed block. */
    Optional<L2Block> head() {
        return database.transaction(handle -> handle.createQuery(
                        "SELECT * FROM server_blocks WHERE chain_id = :chain ORDER BY number DESC LIMIT 1")
                .bind("chain", chain.value())
                .map((row, context) -> block(row))
                .findFirst());
    }

    /** One block. */
    public Optional<L2Block> block(long number) {
        return blocks(number, number).stream().findFirst();
    }

    /** The blocks from {@code first} to {@code last}, in order. */
    List<L2Block> blocks(long first, long last) {
        return database.transaction(handle -> handle.createQuery("""
                SELECT * FROM server_blocks WHERE chain_id = :chain AND number BETWEEN :first AND :last ORDER BY number
                """)
                .bind("chain", chain.value())
                .bind("first", first)
                .bind("last", last)
                .map((row, context) -> block(row))
                .list());
    }

    /** The batch that a block belongs to; for one that is not sealed yet, the next batch. */
    public Optional<Long> batchOf(long block) {
        return database.transaction(handle -> handle.createQuery("""
                SELECT coalesce(batch_number, (SELECT max(number) + 1 FROM server_batches WHERE chain_id = :chain))
                FROM server_blocks WHERE chain_id = :chain AND number = :block
                """)
                .bind("chain", chain.value())
                .bind("block", block)
                .mapTo(Long.class)
                .findFirst());
    }

    /**
     * Appends a block to the newest one.
     *
     * @return whether it is there now; {@code false} if it does not follow the newest block
     */
    boolean append(L2Block block) {
        return database.transaction(handle -> {
            lock(handle);
            Optional<String> before = hash(handle, block.number() - 1);
            Optional<String> there = hash(handle, block.number());
            if (there.isPresent() || before.isEmpty()) {
                return there.equals(Optional.of(block.hash()));
            }
            if (!before.get().equals(block.parentHash())) {
                return false;
            }
            insert(handle, block);
            return true;
        });
    }

    /** The last block that is in a batch. */
    long lastSealed() {
        return database.transaction(handle -> lastSealed(handle));
    }

    private long lastSealed(Handle handle) {
        return handle.createQuery("SELECT max(last_block) FROM server_batches WHERE chain_id = :chain")
                .bind("chain", chain.value())
                .mapTo(Long.class)
                .one();
    }

    /**
     * Forgets blocks that the node has replaced.
     *
     * @param number the first of them; none may be in a batch
     */
    void forgetFrom(long number) {
        database.transaction(handle -> {
            lock(handle);
            if (number <= lastSealed(handle)) {
                throw new IllegalArgumentException("block " + number + " is in a batch");
            }
            return handle.createUpdate("DELETE FROM server_blocks WHERE chain_id = :chain AND number >= :number")
                    .bind("chain", chain.value())
                    .bind("number", number)
                    .execute();
        });
    }

    /**
     * Seals the next batch if a criterion wants it.
     *
     * @return the batch
     */
    Optional<BatchId> sealNext(List<SealCriterion> criteria, BatchProgram program, ProtocolVersion version) {
        return database.transaction(handle -> {
            lock(handle);
            List<OpenBlock> open = open(handle);
            if (criteria.stream().anyMatch(SealCriterion::needsCost)) {
                open = open.stream().takeWhile(OpenBlock::isMeasured).toList();
            }
            if (open.isEmpty()) {
                return Optional.empty();
            }
            List<L2Block> candidates = open.stream().map(OpenBlock::block).toList();
            return SealCriterion.decide(criteria, open, age(handle, candidates.getFirst()))
                    .map(decision -> {
                        long number = handle.createQuery(
                                        "SELECT max(number) + 1 FROM server_batches WHERE chain_id = :chain")
                                .bind("chain", chain.value())
                                .mapTo(Long.class)
                                .one();
                        List<L2Block> blocks = candidates.subList(0, decision.blocks());
                        seal(handle, blocks, number, decision.reason(), version, program.name(), program.sha256());
                        return new BatchId(chain, number);
                    });
        });
    }

    private List<OpenBlock> open(Handle handle) {
        return handle.createQuery("""
                SELECT * FROM server_blocks WHERE chain_id = :chain AND batch_number IS NULL ORDER BY number LIMIT :limit
                """)
                .bind("chain", chain.value())
                .bind("limit", OPEN_BLOCKS_AT_ONCE)
                .map((row, context) -> BlockCosts.open(row))
                .list();
    }

    private Duration age(Handle handle, L2Block block) {
        return Duration.ofMillis(handle.createQuery("""
                SELECT (extract(epoch FROM clock_timestamp() - followed_at) * 1000)::bigint
                FROM server_blocks WHERE chain_id = :chain AND number = :number
                """)
                .bind("chain", chain.value())
                .bind("number", block.number())
                .mapTo(Long.class)
                .one());
    }

    private void seal(
            Handle handle,
            List<L2Block> blocks,
            long number,
            String reason,
            ProtocolVersion version,
            String program,
            String programSha256) {
        L2Block last = blocks.getLast();
        handle.createUpdate("""
                INSERT INTO server_batches (chain_id, number, first_block, last_block, block_timestamp, state_root,
                    block_hash, transactions, gas_used, data_bytes, sealed_because, protocol_version, program,
                    program_sha256)
                VALUES (:chain, :number, :first, :last, :timestamp, :stateRoot, :hash, :transactions, :gas, :data,
                    :reason, :version, :program, :programSha256)
                """)
                .bind("chain", chain.value())
                .bind("number", number)
                .bind("first", blocks.getFirst().number())
                .bind("last", last.number())
                .bind("timestamp", last.timestamp())
                .bind("stateRoot", last.stateRoot())
                .bind("hash", last.hash())
                .bind(
                        "transactions",
                        blocks.stream().mapToLong(L2Block::transactions).sum())
                .bind("gas", blocks.stream().mapToLong(L2Block::gasUsed).sum())
                .bind("data", blocks.stream().mapToLong(L2Block::dataBytes).sum())
                .bind("reason", reason)
                .bind("version", version.toString())
                .bind("program", program)
                .bind("programSha256", programSha256)
                .execute();
        handle.createUpdate("""
                UPDATE server_blocks SET batch_number = :number
                WHERE chain_id = :chain AND number BETWEEN :first AND :last
                """)
                .bind("number", number)
                .bind("chain", chain.value())
                .bind("first", blocks.getFirst().number())
                .bind("last", last.number())
                .execute();
    }

    private void insert(Handle handle, L2Block block) {
        handle.createUpdate("""
                INSERT INTO server_blocks (chain_id, number, hash, rlp) VALUES (:chain, :number, :hash, :rlp)
                """)
                .bind("chain", chain.value())
                .bind("number", block.number())
                .bind("hash", block.hash())
                .bind("rlp", block.rlp())
                .execute();
    }

    private void lock(Handle handle) {
        handle.createQuery("SELECT chain_id FROM server_chains WHERE chain_id = :chain FOR UPDATE")
                .bind("chain", chain.value())
                .mapTo(Long.class)
                .one();
    }

    private Optional<String> hash(Handle handle, long number) {
        return handle.createQuery("SELECT hash FROM server_blocks WHERE chain_id = :chain AND number = :number")
                .bind("chain", chain.value())
                .bind("number", number)
                .mapTo(String.class)
                .findFirst();
    }

    static L2Block block(ResultSet row) throws SQLException {
        return L2Block.decode(row.getBytes("rlp"));
    }
}
