package dev.thimble.plonk;

/** Hears how far a setup or a proof is. */
@FunctionalInterface
public interface Progress {
    /** Hears nothing. */
    Progress NONE = (step, done) -> {};

    /**
     * A step begins.
     *
     * @param step what is done now
     * @param done part of the whole that is behind, 0 … 1, by usual cost
     */
    void report(String step, double done);
}
