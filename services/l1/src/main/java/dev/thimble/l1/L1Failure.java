package dev.thimble.l1;

/** Something about L1 that a person has to mend; the message says what, and nothing is lost. */
public final class L1Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public L1Failure(String message) {
        super(message);
    }
}
