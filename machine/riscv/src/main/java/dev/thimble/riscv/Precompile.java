package dev.thimble.riscv;

/** A function on memory words that a circuit of its own proves. */
@FunctionalInterface
public interface Precompile {
    /**
     * Computes the words after the call from those before, both in transfer order.
     *
     * @param before one word per transfer, must not be changed
     * @param after one word per transfer, filled with the words before; only those of direction WRITE are taken back
     * @return false if the operands are outside the function's domain: the call traps
     */
    boolean apply(int[] before, int[] after);
}
