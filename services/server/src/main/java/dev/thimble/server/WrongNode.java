package dev.thimble.server;

/** The L2 node is there but is not the one to follow. An operator has to act; the message says how. */
public final class WrongNode extends RuntimeException {
    WrongNode(String message) {
        super(message, null, false, false);
    }
}
