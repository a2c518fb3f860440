package dev.thimble.riscv;

/**
 * What one segment may hold. A segment ends before an instruction that might not fit any more, transfers included. All
 * 32 registers are counted as touched in every segment, and every instruction as touching one new word, so that the limit
 * is never exceeded.
 *
 * @param rows instruction and transfer rows, at least 2
 * @param touchedAddresses registers and words together, at least 33
 */
public record SegmentLimits(int rows, int touchedAddresses) {
    /** All registers count as touched. */
    static final int REGISTERS = 32;

    public SegmentLimits {
        if (rows < 2 || rows > 1 << 24) {
            throw new IllegalArgumentException("rows " + rows + " is not in 2..2^24");
        }
        if (touchedAddresses <= REGISTERS || touchedAddresses > 1 << 24) {
            throw new IllegalArgumentException("touchedAddresses " + touchedAddresses + " is not in 33..2^24");
        }
    }

    int words() {
        return touchedAddresses - REGISTERS;
    }
}
