package dev.thimble.cli.operator;

import dev.thimble.cli.command.CommandFailure;
import dev.thimble.jobqueue.QueueStatus;
import dev.thimble.model.BatchId;
import dev.thimble.model.ChainId;
import org.jspecify.annotations.Nullable;

/** Finds the batch that an operator means by a number, and a chain if there are several. */
final class BatchLookup {
    private BatchLookup() {}

    static BatchId find(QueueStatus status, long number, @Nullable Long chain) {
        var found = status.chains().stream()
                .filter(candidate -> chain == null || candidate.value() == chain)
                .map(candidate -> new BatchId(candidate, number))
                .filter(candidate -> status.batch(candidate).isPresent())
                .toList();
        if (found.isEmpty()) {
            throw CommandFailure.environment(
                    "UNKNOWN_BATCH",
                    "there is no batch " + number + (chain == null ? "" : " of chain " + chain),
                    "thimble status prover lists batches.");
        }
        if (found.size() > 1) {
            var chains =
                    found.stream().map(BatchId::chain).map(ChainId::toString).toList();
            throw CommandFailure.usage(
                    "several chains have a batch " + number, "Add --chain, one of " + String.join(", ", chains));
        }
        return found.getFirst();
    }
}
