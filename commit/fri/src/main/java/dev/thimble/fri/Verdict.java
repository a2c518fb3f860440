package dev.thimble.fri;

/** What a verifier says of a proof. There is no third outcome: no bytes make a verifier throw. */
public sealed interface Verdict {
    /** The proof is valid. */
    record Accepted() implements Verdict {}

    /** The proof is not valid. */
    record Rejected(String reason) implements Verdict {}

    static Verdict accepted() {
        return new Accepted();
    }

    static Verdict rejected(String reason) {
        return new Rejected(reason);
    }

    default boolean isAccepted() {
        return this instanceof Accepted;
    }
}
