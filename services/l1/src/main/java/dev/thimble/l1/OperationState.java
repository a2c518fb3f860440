package dev.thimble.l1;

import java.util.Locale;

/** How far an operation is. */
public enum OperationState {
    /** Not signed; it has no nonce. */
    QUEUED,
    /** Signed, stored, and given to the node at least once. */
    SENT,
    /** In a block that may still be reorganised away. */
    MINED,
    /** In a final block, and it succeeded. */
    FINAL,
    /** In a final block, and it was reverted; or it is no longer wanted. Another operation may have its purpose. */
    FAILED;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static OperationState parse(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
