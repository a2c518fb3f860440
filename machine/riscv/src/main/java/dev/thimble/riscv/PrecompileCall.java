package dev.thimble.riscv;

import java.util.Arrays;

/**
 * One call of a precompile: what the circuit of the precompile proves, once. Segment and clock together name it.
 *
 * @param number the system call's number
 * @param segment the segment it is made in
 * @param clock row of the ECALL in its segment
 * @param before the words before the call, in transfer order
 * @param after the words after the call; equal to those before on READ transfers
 */
@SuppressWarnings("ArrayRecordComponent")
public record PrecompileCall(int number, int segment, int clock, int[] before, int[] after) {

    /** Tells whether two calls say the same. */
    public boolean sameAs(PrecompileCall other) {
        return number == other.number
                && segment == other.segment
                && clock == other.clock
                && Arrays.equals(before, other.before)
                && Arrays.equals(after, other.after);
    }
}
