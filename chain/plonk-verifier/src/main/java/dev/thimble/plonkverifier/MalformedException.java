package dev.thimble.plonkverifier;

/** Input that is not in the format; turned into {@link Verdict.Rejected} at the verifier's border. */
public final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
        super(message);
    }
}
