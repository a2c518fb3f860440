package dev.thimble.server;

import dev.thimble.jobqueue.QueueDatabase;
import dev.thimble.l1.BatchStep;
import dev.thimble.l1.BatchTransactions;
import dev.thimble.l1.ChainContract;
import dev.thimble.l1.Operation;
import dev.thimble.model.BatchId;
import dev.thimble.observability.Readiness;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What L1 and the outbox say, for the page and for JSON-RPC. The contract is asked by one loop, whoever looks. */
final class L1Reader implements L1View {
    private final ChainContract contract;
    private final BatchTransactions transactions;
    private volatile Optional<Totals> totals = Optional.empty();

    L1Reader(L1Connection connection, QueueDatabase database) {
        this.contract = connection.contract();
        this.transactions = new BatchTransactions(database, connection.check().deployment());
    }

    /** Begins to ask the contract again and again. */
    Loop start(Duration interval, Readiness readiness) {
        return Loop.start("l1-node", interval, readiness, () -> {
            refresh();
            return false;
        });
    }

    /** While the node does not answer there are no totals. */
    private void refresh() {
        Optional<Totals> read = Optional.empty();
        try {
            ChainContract.Totals now = contract.totals();
            read = Optional.of(new Totals(now.committed(), now.verified(), now.executed()));
        } finally {
            totals = read;
        }
    }

    @Override
    public Optional<Totals> totals() {
        return totals;
    }

    @Override
    public Progress progress(BatchId batch) {
        Map<BatchStep, Operation.Mined> steps = transactions.of(batch.number());
        return new Progress(
                transaction(steps.get(BatchStep.COMMIT)),
                transaction(steps.get(BatchStep.PROVE)),
                transaction(steps.get(BatchStep.EXECUTE)));
    }

    private static @Nullable Transaction transaction(Operation.@Nullable Mined mined) {
        return mined == null ? null : new Transaction(mined.transactionHash(), mined.at());
    }
}
