package dev.thimble.http;

import org.jspecify.annotations.Nullable;

/** Who may call a listener. */
public sealed interface Access {
    /** Everybody who can connect. For what tells nothing and changes nothing. */
    record Open() implements Access {}

    /** Callers on this machine, by a host name of this machine, so that a web page of another site cannot call. */
    record ThisMachine() implements Access {}

    /** Callers who show the token. */
    record Token(BearerToken token) implements Access {}

    /** What a listener needs that is not public: the token if there is one; without it, only this machine's callers. */
    static Access protectedBy(@Nullable BearerToken token, ListenAddress address) {
        if (token != null) {
            return new Token(token);
        }
        if (address.isLoopback()) {
            return new ThisMachine();
        }
        throw new IllegalArgumentException(
                "listening on " + address + ", which other machines can reach, needs a token");
    }
}
