package dev.thimble.cli.l1;

import dev.thimble.cli.command.Progress;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;

/** Takes a withdrawal on L1. */
final class Claim {
    private Claim() {}

    /**
     * Waits for its batch to be executed and has the recipient paid.
     *
     * @return the hash of the transaction; empty if somebody has done it before
     */
    static Optional<String> of(long index, L1Options options, Progress progress, Duration patience)
            throws InterruptedException {
        progress.step("waiting for the batch of withdrawal " + index + " to be executed on L1");
        var messages = options.messages();
        var call = Arrival.await(
                () -> messages.claim(index),
                patience,
                "withdrawal " + index,
                "It is not lost: thimble claim --index " + index + " takes it once its batch is executed;"
                        + " thimble status prover shows the batches.");
        if (messages.isPaid(index)) {
            return Optional.empty();
        }
        return Optional.of(options.onL1(progress)
                .send(options.contract(), BigInteger.ZERO, call, L1Options.PATIENCE)
                .transactionHash());
    }
}
