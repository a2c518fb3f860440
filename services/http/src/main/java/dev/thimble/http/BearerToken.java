package dev.thimble.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The secret that a caller shows. Its text form hides it, so that no log can show it.
 *
 * @param secret at least 16 printable characters without spaces
 */
public record BearerToken(String secret) {
    private static final String SCHEME = "Bearer ";

    public BearerToken {
        if (!secret.matches("[!-~]{16,512}")) {
            throw new IllegalArgumentException(
                    "a token must have 16 to 512 printable characters and no spaces; the given one does not");
        }
    }

    /** The value of the header {@code Authorization}. */
    public String header() {
        return SCHEME + secret;
    }

    /** Whether an {@code Authorization} header shows this token; takes the same time whatever it shows. */
    public boolean isShownBy(String authorization) {
        return MessageDigest.isEqual(
                header().getBytes(StandardCharsets.UTF_8), authorization.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "token (hidden)";
    }
}
