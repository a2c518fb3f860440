package dev.thimble.model;

/** Who can do something about an error; it decides whether a job is tried again. */
public enum ErrorCategory {
    /** The input is bad: trying again cannot help. */
    USER,
    /** A fault of this software. */
    INTERNAL,
    /** Memory, disk or time ran out here; another machine or another moment may do. */
    RESOURCES,
    /** Something we depend on (database, store, node, another worker) failed. */
    EXTERNAL;

    public String wireName() {
        return WireNames.of(this);
    }

    public static ErrorCategory parse(String text) {
        return WireNames.parse("error category", values(), ErrorCategory::wireName, text);
    }
}
