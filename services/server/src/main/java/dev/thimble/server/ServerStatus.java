package dev.thimble.server;

import dev.thimble.jobqueue.QueueDatabase;
import dev.thimble.model.ChainId;
import java.util.List;
import java.util.Optional;

/** What the operator's side knows of its chains, for whoever looks from another process. */
public final class ServerStatus {
    private final QueueDatabase database;

    /** Brings the tables up to date. */
    public ServerStatus(QueueDatabase database) {
        database.migrate("dev/thimble/server/migrations", "server_migrations");
        this.database = database;
    }

    /** The chains that have begun. */
    public List<ChainId> chains() {
        return database.transaction(handle -> handle.createQuery("SELECT chain_id FROM server_chains ORDER BY chain_id")
                .map((row, context) -> new ChainId(row.getLong("chain_id")))
                .list());
    }

    /** The number of the newest sealed batch, genesis left out. */
    public Optional<Long> newest(ChainId chain) {
        return new BatchTable(database, chain).newest().filter(number -> number > 0);
    }

    /** The sealed batches from {@code first} on, at most {@code limit}. */
    public List<SealedBatch> batches(ChainId chain, long first, int limit) {
        return new BatchTable(database, chain).batches(first, limit);
    }

    /** Whether the SNARK of a batch has been accepted. */
    public boolean hasSnark(ChainId chain, long number) {
        return new BatchTable(database, chain).snark(number).isPresent();
    }
}
