package dev.thimble.server;

import dev.thimble.chain.StfCost;

/** What came of executing a block as a batch of its own. */
sealed interface BlockRun {
    /** It follows from the block before, and proving it takes this. */
    record Accepted(StfCost cost) implements BlockRun {}

    /** The program does not accept it, so no batch with it can be proven. */
    record Refused(String reason) implements BlockRun {}

    /** It was not executed: the state before it is not known, because a block before it was refused. */
    record Waiting() implements BlockRun {}
}
