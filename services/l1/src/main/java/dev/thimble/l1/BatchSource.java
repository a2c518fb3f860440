package dev.thimble.l1;

import dev.thimble.contracts.NewBatch;
import dev.thimble.plonkverifier.PlonkProof;
import java.util.Optional;

/** The chain's own batches and proofs, from which L1 is served. */
public interface BatchSource {
    /** Batch {@code number}, 1 or more, if it is sealed. */
    Optional<NewBatch> sealed(long number);

    /** The proof of batch {@code number}, if it is there. It is verified before it is sent. */
    Optional<PlonkProof> proof(long number);
}
