package dev.thimble.l1;

import dev.thimble.chain.Address;
import dev.thimble.jobqueue.QueueDatabase;
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
    public Optional<Deployment> find(long l2ChainId) {
        return database.transaction(handle -> handle.createQuery("""
                SELECT l1_chain_id, l2_chain_id, contract, verifier, block_number FROM l1_deployments
                WHERE l2_chain_id = :chain
                """)
                .bind("chain", l2ChainId)
                .map((row, context) -> new Deployment(
                        row.getLong("l1_chain_id"),
                        row.getLong("l2_chain_id"),
                        new Address(row.getString("contract")),
                        new Address(row.getString("verifier")),
                        row.getLong("block_number")))
                .findFirst());
    }

    /** Remembers a deployment, in place of an older one of the chain. */
    public void save(Deployment deployment) {
        database.transaction(handle -> handle.createUpdate("""
                        INSERT INTO l1_deployments (l2_chain_id, l1_chain_id, contract, verifier, block_number)
                        VALUES (:chain, :l1, :contract, :verifier, :block)
                        ON CONFLICT (l2_chain_id) DO UPDATE SET l1_chain_id = excluded.l1_chain_id,
                            contract = excluded.contract, verifier = excluded.verifier,
                            block_number = excluded.block_number, deployed_at = now()
                        """)
                .bind("chain", deployment.l2ChainId())
                .bind("l1", deployment.l1ChainId())
                .bind("contract", deployment.contract().hex())
                .bind("verifier", deployment.verifier().hex())
                .bind("block", deployment.blockNumber())
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
