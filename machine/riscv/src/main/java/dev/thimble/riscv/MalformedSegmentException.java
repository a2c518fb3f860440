package dev.thimble.riscv;

/** Bytes that are not the canonical encoding of a segment input. */
public final class MalformedSegmentException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedSegmentException(String message) {
        super(message);
    }
}
