package dev.thimble.l1;

import dev.thimble.chain.Address;
import dev.thimble.chain.Bytes32;
import dev.thimble.jobqueue.QueueDatabase;
import dev.thimble.plonkverifier.MalformedException;
import dev.thimble.plonkverifier.VerificationKey;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Which chain lives where, in the database. */
public final class Deployments {
    private final QueueDatabase database;

    /** Brings the tables up to date. */
    public Deployments(QueueDatabase database) {
        database.migrate("dev/thimble/l1/migrations", "thimble_l1_migrations");
        this.database = database;
    }

    /** The deployment of a chain. */
    public Optional<DeployedChain> find(long l2ChainId) {
        return database.transaction(
                handle -> handle.createQuery("SELECT * FROM l1_deployments WHERE l2_chain_id = :chain")
                        .bind("chain", l2ChainId)
                        .map((row, context) -> read(row))
                        .findFirst());
    }

    private static DeployedChain read(ResultSet row) throws SQLException {
        long l2ChainId = row.getLong("l2_chain_id");
        return new DeployedChain(
                new Deployment(
                        row.getLong("l1_chain_id"),
                        l2ChainId,
                        new Address(row.getString("contract")),
                        new Address(row.getString("verifier")),
                        row.getLong("block_number")),
                URI.create(row.getString("url")),
                new ChainGenesis(
                        l2ChainId,
                        row.getLong("genesis_timestamp"),
                        new Bytes32(row.getString("genesis_block_hash")),
                        new Bytes32(row.getString("genesis_state_root"))),
                key(row.getString("verification_key")));
    }

    private static VerificationKey key(String json) {
        try {
            return VerificationKey.fromJson(json);
        } catch (MalformedException e) {
            throw new L1Failure("the verification key in the database was changed by hand (" + e.getMessage()
                    + "): thimble init --l1 with --snark-key restores it");
        }
    }

    /** Remembers a deployment, in place of an older one of the chain. */
    public void save(DeployedChain chain) {
        Deployment deployment = chain.deployment();
        database.transaction(handle -> handle.createUpdate("""
                        INSERT INTO l1_deployments (l2_chain_id, l1_chain_id, contract, verifier, block_number, url,
                            genesis_timestamp, genesis_block_hash, genesis_state_root, verification_key)
                        VALUES (:chain, :l1, :contract, :verifier, :block, :url, :timestamp, :hash, :root, :key)
                        ON CONFLICT (l2_chain_id) DO UPDATE SET l1_chain_id = excluded.l1_chain_id,
                            contract = excluded.contract, verifier = excluded.verifier,
                            block_number = excluded.block_number, url = excluded.url,
                            genesis_timestamp = excluded.genesis_timestamp,
                            genesis_block_hash = excluded.genesis_block_hash,
                            genesis_state_root = excluded.genesis_state_root,
                            verification_key = excluded.verification_key, deployed_at = now()
                        """)
                .bind("chain", deployment.l2ChainId())
                .bind("l1", deployment.l1ChainId())
                .bind("contract", deployment.contract().hex())
                .bind("verifier", deployment.verifier().hex())
                .bind("block", deployment.blockNumber())
                .bind("url", chain.url().toString())
                .bind("timestamp", chain.genesis().timestamp())
                .bind("hash", chain.genesis().blockHash().hex())
                .bind("root", chain.genesis().stateRoot().hex())
                .bind("key", chain.key().toJson())
                .execute());
    }

    /**
     * Forgets a chain's deployment and every operation on its L1: for a development L1 that was begun anew, where none of it
     * exists any more.
     */
    public void forget(Deployment deployment) {
        database.transaction(handle -> {
            handle.execute(
                    "DELETE FROM l1_transactions WHERE operation_id IN"
                            + " (SELECT id FROM l1_operations WHERE l1_chain_id = ?)",
                    deployment.l1ChainId());
            handle.execute("DELETE FROM l1_operations WHERE l1_chain_id = ?", deployment.l1ChainId());
            return handle.execute("DELETE FROM l1_deployments WHERE l2_chain_id = ?", deployment.l2ChainId());
        });
    }
}
