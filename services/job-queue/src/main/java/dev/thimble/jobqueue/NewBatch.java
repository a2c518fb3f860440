package dev.thimble.jobqueue;

import dev.thimble.model.BatchId;
import dev.thimble.model.ProtocolVersion;
import java.time.Instant;
import java.util.List;

/**
 * A sealed batch that is to be proven.
 *
 * @param id its chain and number
 * @param version the rules it is proven under
 * @param sealedAt when it was sealed; older batches come first
 * @param priority higher comes first, 0 by default
 * @param input paths of the artifacts that describe it
 */
public record NewBatch(BatchId id, ProtocolVersion version, Instant sealedAt, int priority, List<String> input) {
    public NewBatch {
        input = List.copyOf(input);
        for (String path : input) {
            if (path.isEmpty() || path.indexOf('\n') >= 0) {
                throw new IllegalArgumentException("not an artifact path: '" + path + "'");
            }
        }
    }
}
