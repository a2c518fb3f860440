package dev.thimble.riscv;

/** Register width (XLEN) of the decoder and the ALU. Values are carried sign-extended in a {@code long}. */
public enum WordWidth {
    /** 32-bit registers, 5-bit shift amounts. */
    RV32(32),
    /** 64-bit registers, 6-bit shift amounts. */
    RV64(64);

    private final int bits;

    WordWidth(int bits) {
        this.bits = bits;
    }

    /** Returns the register width in bits. */
    public int bits() {
        return bits;
    }

    /** Returns the number of bits of a shift amount: log2 of the width. */
    public int logBits() {
        return Integer.numberOfTrailingZeros(bits);
    }

    /** Returns the value modulo 2^width, sign-extended to 64 bits. */
    public long signExtend(long value) {
        return this == RV32 ? (int) value : value;
    }

    /** Returns the value modulo 2^width, zero-extended to 64 bits. */
    public long zeroExtend(long value) {
        return this == RV32 ? value & 0xFFFF_FFFFL : value;
    }
}
