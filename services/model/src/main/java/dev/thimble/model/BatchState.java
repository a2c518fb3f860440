package dev.thimble.model;

/** How far a batch has come. */
public enum BatchState {
    SEALED,
    WITNESS,
    PROVING,
    BASIC_PROVEN,
    AGGREGATING,
    AGGREGATED,
    COMPRESSING,
    COMPRESSED,
    PROVEN,
    EXECUTED,
    /** A job is dead or the batch was cancelled: an operator has to act. */
    STOPPED;

    public String wireName() {
        return WireNames.of(this);
    }

    public static BatchState parse(String text) {
        return WireNames.parse("batch state", values(), BatchState::wireName, text);
    }
}
