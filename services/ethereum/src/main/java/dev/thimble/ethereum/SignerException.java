package dev.thimble.ethereum;

/** A signer did not sign what it was asked to: it refused, or answered with something else. Nothing was sent. */
public final class SignerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SignerException(String message, Exception cause) {
        super(message, cause);
    }
}
