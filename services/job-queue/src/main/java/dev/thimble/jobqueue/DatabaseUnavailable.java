package dev.thimble.jobqueue;

/** The database cannot be reached, or refuses us; the message says what to do. */
public final class DatabaseUnavailable extends RuntimeException {
    public DatabaseUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
