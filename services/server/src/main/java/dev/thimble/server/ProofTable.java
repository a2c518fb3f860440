package dev.thimble.server;

import dev.thimble.model.BatchId;
import dev.thimble.model.ProtocolVersion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/** Which gateway has which batch, and the proofs that were accepted. Every method may be called again. */
final class ProofTable {
    private final BatchTable batches;
    private final Duration offerLasts;

    /** @param offerLasts how long a batch is kept for a gateway that has not acknowledged it */
    ProofTable(BatchTable batches, Duration offerLasts) {
        this.batches = batches;
        this.offerLasts = offerLasts;
    }

    /** Offers the oldest batch that can be proven; again the same one to a gateway that has not acknowledged. */
    Optional<SealedBatch> offer(String gateway, List<ProtocolVersion> versions) {
        return batches.database()
                .transaction(handle -> handle.createQuery("""
                UPDATE server_batches SET gateway = :gateway, offered_at = now()
                WHERE chain_id = :chain AND number = (
                    SELECT number FROM server_batches
                    WHERE chain_id = :chain AND number > 0 AND proven_at IS NULL AND acknowledged_at IS NULL
                        AND checked_at IS NOT NULL AND expected_output IS NOT NULL AND input_path IS NOT NULL
                        AND protocol_version = ANY(:versions)
                        AND (gateway IS NULL OR gateway = :gateway
                            OR offered_at < now() - :lasts * interval '1 millisecond')
                    ORDER BY coalesce(gateway = :gateway, false) DESC, number LIMIT 1
                    FOR UPDATE SKIP LOCKED)
                RETURNING *
                """)
                        .bind("gateway", gateway)
                        .bind("chain", batches.chain().value())
                        .bindArray(
                                "versions",
                                String.class,
                                versions.stream().map(ProtocolVersion::toString).toList())
                        .bind("lasts", offerLasts.toMillis())
                        .map((row, context) -> BatchTable.read(row))
                        .findFirst());
    }

    /**
     * Gives a batch to the gateway that it is offered to.
     *
     * @return whether it is that gateway's now
     */
    boolean acknowledge(BatchId batch, String gateway) {
        return batches.database()
                .transaction(handle -> handle.createUpdate("""
                        UPDATE server_batches SET acknowledged_at = coalesce(acknowledged_at, now())
                        WHERE chain_id = :chain AND number = :number AND gateway = :gateway
                        """)
                                .bind("chain", batch.chain().value())
                                .bind("number", batch.number())
                                .bind("gateway", gateway)
                                .execute()
                        == 1);
    }

    /** Takes a batch away from its gateway, so that it is offered again; returns whether that was possible. */
    boolean release(BatchId batch) {
        return batches.database()
                .transaction(handle -> handle.createUpdate("""
                        UPDATE server_batches SET gateway = NULL, offered_at = NULL, acknowledged_at = NULL
                        WHERE chain_id = :chain AND number = :number AND number > 0 AND proven_at IS NULL
                        """)
                                .bind("chain", batch.chain().value())
                                .bind("number", batch.number())
                                .execute()
                        == 1);
    }

    /** What became of a submitted proof. */
    enum Submission {
        ACCEPTED,
        ALREADY_ACCEPTED,
        DIFFERENT
    }

    /**
     * Stores the proof of a batch, unless there is one.
     *
     * @param proof its canonical text: two proofs are the same if their texts are
     */
    Submission submit(BatchId batch, String proof) {
        return batches.database().transaction(handle -> {
            int rows = handle.createUpdate("""
                    UPDATE server_batches SET proof = :proof, proven_at = now()
                    WHERE chain_id = :chain AND number = :number AND proof IS NULL
                    """)
                    .bind("proof", proof)
                    .bind("chain", batch.chain().value())
                    .bind("number", batch.number())
                    .execute();
            if (rows == 1) {
                return Submission.ACCEPTED;
            }
            return stored(handle, batch).equals(Optional.of(proof))
                    ? Submission.ALREADY_ACCEPTED
                    : Submission.DIFFERENT;
        });
    }

    /**
     * Stores the SNARK of a batch, which is verified, unless there is one.
     *
     * @param proof its canonical text
     * @param isStale whether a stored one may be replaced
     */
    Submission submitSnark(BatchId batch, String proof, Predicate<String> isStale) {
        Optional<String> stored = batches.snark(batch.number());
        if (stored.isPresent() && !stored.get().equals(proof) && !isStale.test(stored.get())) {
            return Submission.DIFFERENT;
        }
        if (stored.equals(Optional.of(proof))) {
            return Submission.ALREADY_ACCEPTED;
        }
        int rows = batches.database()
                .transaction(handle -> handle.createUpdate("""
                UPDATE server_batches SET snark_proof = :proof, snark_proven_at = now(),
                    proven_at = coalesce(proven_at, now())
                WHERE chain_id = :chain AND number = :number AND snark_proof IS NOT DISTINCT FROM :stored
                """)
                        .bind("proof", proof)
                        .bind("chain", batch.chain().value())
                        .bind("number", batch.number())
                        .bind("stored", stored.orElse(null))
                        .execute());
        return rows == 1 ? Submission.ACCEPTED : submitSnark(batch, proof, isStale);
    }

    private static Optional<String> stored(Handle handle, BatchId batch) {
        return handle.createQuery("SELECT proof FROM server_batches WHERE chain_id = :chain AND number = :number")
                .bind("chain", batch.chain().value())
                .bind("number", batch.number())
                .mapTo(String.class)
                .findFirst();
    }
}
