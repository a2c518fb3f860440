package dev.thimble.l1;

import dev.thimble.jobqueue.QueueDatabase;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Which transactions took a batch through its steps on L1: for whoever looks, without the operator's key. */
public final class BatchTransactions {
    private final QueueDatabase database;
    private final Deployment deployment;

    /** Brings the tables up to date. */
    public BatchTransactions(QueueDatabase database, Deployment deployment) {
        database.migrate("dev/thimble/l1/migrations", "thimble_l1_migrations");
        this.database = database;
        this.deployment = deployment;
    }

    /** The steps that are in a block, each with its receipt; those in a block that may be reorganised away included. */
    public Map<BatchStep, Operation.Mined> of(long batch) {
        Map<String, BatchStep> purposes = Arrays.stream(BatchStep.values())
                .collect(Collectors.toMap(step -> step.purpose(deployment.contract(), batch), step -> step));
        Map<BatchStep, Operation.Mined> steps = new EnumMap<>(BatchStep.class);
        database.transaction(handle -> handle.createQuery("SELECT " + OutboxRows.COLUMNS + " FROM l1_operations"
                                + " WHERE l1_chain_id = :chain AND purpose = ANY(:purposes) AND succeeded ORDER BY id")
                        .bind("chain", deployment.l1ChainId())
                        .bindArray("purposes", String.class, purposes.keySet())
                        .map((row, context) -> OutboxRows.operation(row))
                        .list())
                .forEach(operation ->
                        operation.mined().ifPresent(mined -> steps.put(purposes.get(operation.purpose()), mined)));
        return steps;
    }
}
