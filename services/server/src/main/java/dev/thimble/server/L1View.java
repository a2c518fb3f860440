package dev.thimble.server;

import dev.thimble.model.BatchId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of L1. */
public interface L1View {
    /** No L1 is connected. */
    L1View NONE = new L1View() {
        @Override
        public Optional<Totals> totals() {
            return Optional.empty();
        }

        @Override
        public Progress progress(BatchId batch) {
            return Progress.NONE;
        }
    };

    /** How far the contract is, or empty while no L1 is connected. */
    Optional<Totals> totals();

    /** What was sent to L1 for a batch. */
    Progress progress(BatchId batch);

    /**
     * The newest batches of each kind on L1.
     *
     * @param committed last batch that is committed
     * @param verified last batch whose proof is verified
     * @param executed last batch that is executed
     */
    record Totals(long committed, long verified, long executed) {}

    /**
     * The transactions of one batch on L1.
     *
     * @param commit by which it was committed, or null
     * @param prove by which its proof was verified, or null
     * @param execute by which it was executed, or null
     */
    record Progress(
            @Nullable Transaction commit,
            @Nullable Transaction prove,
            @Nullable Transaction execute) {
        static final Progress NONE = new Progress(null, null, null);
    }

    /**
     * A transaction on L1.
     *
     * @param hash 0x-hex
     * @param at time of its block
     */
    record Transaction(String hash, Instant at) {}
}
