package dev.thimble.pipeline;

/** A proof was not made, or is not good, though its inputs were accepted: a fault of this worker, not of the batch. */
public final class ProofFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ProofFailure(String message) {
        super(message);
    }
}
