package dev.thimble.chain;

/** Bytes that are no block, or a block of rules that the state transition function does not have. */
public final class MalformedBlockException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With one line that says what is wrong. */
    public MalformedBlockException(String message) {
        super(message);
    }
}
