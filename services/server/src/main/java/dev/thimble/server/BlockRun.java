package dev.thimble.server;

import dev.thimble.chain.StfCost;

/** What came of executing a block as a batch of its own. */
sealed interface BlockRun {
    /**
     * It follows from the block before.
     *
     * @param cost what proving it takes
     * @param messages how many messages of L1 were processed from genesis to its end
     */
    record Accepted(StfCost cost, long messages) implements BlockRun {}

    /** The program does not accept it, so no batch with it can be proven. */
    record Refused(String reason) implements BlockRun {}

    /** It was not executed: the state before it is not known, because a block before it was refused. */
    record Waiting() implements BlockRun {}
}
