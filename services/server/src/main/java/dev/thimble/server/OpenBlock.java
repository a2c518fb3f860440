package dev.thimble.server;

import dev.thimble.chain.StfCost;
import java.util.List;
import java.util.Optional;

/**
 * A block that belongs to no batch yet.
 *
 * @param cost what its execution as a batch of its own took; empty until it is executed, or if it is refused
 * @param refused whether the batch program does not accept it
 */
public record OpenBlock(L2Block block, Optional<StfCost> cost, boolean refused) {
    /** Whether it was executed. */
    boolean isMeasured() {
        return cost.isPresent() || refused;
    }

    /** A little more than one batch of these blocks takes: what begins and ends each batch is counted for every block. */
    static StfCost total(List<OpenBlock> blocks) {
        return blocks.stream().flatMap(each -> each.cost.stream()).reduce(StfCost.NONE, StfCost::plus);
    }
}
