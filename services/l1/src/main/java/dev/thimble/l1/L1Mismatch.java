package dev.thimble.l1;

/** L1 is not what it has to be for us to send anything; the message says what differs and what to do. */
public final class L1Mismatch extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public L1Mismatch(String message) {
        super(message);
    }
}
