package dev.thimble.starkprover;

import dev.thimble.air.Stage;
import dev.thimble.air.Trace;
import dev.thimble.hash.Digest;
import dev.thimble.merkle.MerkleCap;
import dev.thimble.starkverifier.VerifyingKey;

/**
 * The commitment to an instance's shared columns alone, made before the batch challenge exists. A later proof of the same
 * columns carries the same cap.
 *
 * @param cap the cap of the shared columns' tree
 * @param digest its sponge digest, which goes into the batch's tree
 */
public record SharedCommitment(MerkleCap cap, Digest digest) {

    /**
     * Commits to the shared columns of a trace.
     *
     * @throws IllegalArgumentException if the circuit has none, or the trace has another shape or form
     */
    public static SharedCommitment of(VerifyingKey key, Trace trace, Engine engine) {
        if (key.program().width(Stage.SHARED) == 0) {
            throw new IllegalArgumentException(key.program().name() + " has no shared columns");
        }
        StarkProver.requireTrace(key, trace);
        ProvingKey.requirePermutation(key.protocol(), engine);
        CommittedMatrix matrix =
                CommittedMatrix.of(trace.stage(Stage.SHARED), key.program().logHeight(), key.parameters(), engine);
        return new SharedCommitment(matrix.cap(), matrix.cap().digest(key.sponge()));
    }
}
