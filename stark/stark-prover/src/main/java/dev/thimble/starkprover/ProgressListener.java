package dev.thimble.starkprover;

/** Hears of each stage when it begins. Called on the proving thread. */
@FunctionalInterface
public interface ProgressListener {
    void began(ProvingStage stage);

    /** A listener that does nothing. */
    static ProgressListener none() {
        return stage -> {};
    }
}
