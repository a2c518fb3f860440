package dev.thimble.plonkverifier;

/** What a verifier says. */
public sealed interface Verdict {
    /** The proof is valid for the key and the public inputs. */
    record Accepted() implements Verdict {}

    /**
     * The proof proves nothing.
     *
     * @param reason the first check that failed
     */
    record Rejected(String reason) implements Verdict {}

    /** Whether this is {@link Accepted}. */
    default boolean isAccepted() {
        return this instanceof Accepted;
    }
}
