package dev.thimble.starkprover;

import dev.thimble.air.Stage;
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
     * Commits to shared columns.
     *
     * @param columns the shared columns in Montgomery form, natural row order; not changed
     * @throws IllegalArgumentException if the circuit has none, or the columns have another shape
     */
    public static SharedCommitment of(VerifyingKey key, int[][] columns, Engine engine) {
        if (key.program().width(Stage.SHARED) == 0) {
            throw new IllegalArgumentException(key.program().name() + " has no shared columns");
        }
        ProvingKey.requireShape("shared", key.program(), Stage.SHARED, columns);
        ProvingKey.requirePermutation(key.protocol(), engine);
        CommittedMatrix matrix = CommittedMatrix.of(columns, key.program().logHeight(), key.parameters(), engine);
        return new SharedCommitment(matrix.cap(), matrix.cap().digest(key.sponge()));
    }
}
