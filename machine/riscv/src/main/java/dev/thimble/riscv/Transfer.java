package dev.thimble.riscv;

/**
 * One memory word that a system call accesses: the word at byte address x[pointerRegister] + 4 · wordOffset. It gets a
 * row of its own after the ECALL row.
 *
 * @param pointerRegister a0 or a1
 * @param wordOffset offset in words from the pointer
 * @param direction what happens to the word
 */
public record Transfer(int pointerRegister, int wordOffset, Direction direction) {

    /** What happens to the word. */
    public enum Direction {
        /** Keeps its value. */
        READ,
        /** Is replaced by a result of the precompile; its old value is an operand. */
        WRITE,
        /** Is replaced by the next word of the hint stream: any value, the program must check it. */
        HINT
    }

    public Transfer {
        if (pointerRegister != Syscall.REGISTER_A0 && pointerRegister != Syscall.REGISTER_A1) {
            throw new IllegalArgumentException("pointerRegister " + pointerRegister + " is neither a0 nor a1");
        }
        if (wordOffset < 0 || wordOffset > 1023) {
            throw new IllegalArgumentException("wordOffset " + wordOffset + " is not in 0..1023");
        }
    }
}
