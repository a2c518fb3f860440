package dev.thimble.server;

import dev.thimble.model.BatchId;

/** A batch that its program does not accept, so that it can never be proven. The message is for the operator. */
public final class BatchRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient BatchId batch;

    BatchRefused(BatchId batch, String reason) {
        super("batch " + batch + " is not proven: " + reason);
        this.batch = batch;
    }

    BatchId batch() {
        return batch;
    }
}
