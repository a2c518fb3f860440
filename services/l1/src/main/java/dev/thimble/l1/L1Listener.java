package dev.thimble.l1;

/** Hears what happens on L1. Called from the component's thread; an event may be told twice after a restart. */
@FunctionalInterface
public interface L1Listener {
    /** Hears nothing. */
    L1Listener NONE = event -> {};

    void hear(L1Event event);
}
