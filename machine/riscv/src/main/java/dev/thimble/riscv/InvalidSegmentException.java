package dev.thimble.riscv;

/** A segment input that is damaged or does not describe an execution of the program. */
public final class InvalidSegmentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidSegmentException(String message) {
        super(message);
    }
}
