package dev.thimble.server;

import dev.thimble.chain.StfCost;
import java.util.Optional;

/** What the proofs of one batch can hold; it follows from the circuits, which the server does not see. */
@FunctionalInterface
public interface ProofCapacity {
    /** Why a run of this cost is too large for one batch: a part of a sentence; empty if it fits. */
    Optional<String> complaint(StfCost cost);
}
