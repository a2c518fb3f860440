package dev.thimble.riscv;

/** A function on memory words that a circuit of its own proves. */
@FunctionalInterface
public interface Precompile {
    /**
     * Computes the words after the call from those before, both in transfer order.
     *
     * @param oldWords one word per transfer, must not be changed
     * @param newWords one word per transfer, filled with the old words; only those of direction WRITE are taken back
     */
    void apply(int[] oldWords, int[] newWords);
}
