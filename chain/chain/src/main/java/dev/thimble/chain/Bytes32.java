package dev.thimble.chain;

import java.math.BigInteger;

/** A 32-byte value, written as 0x and 64 lower-case digits. */
public record Bytes32(String hex) {
    public static final Bytes32 ZERO = of(new byte[32]);

    public Bytes32 {
        if (hex.length() != 66 || !hex.startsWith("0x") || !hex.chars().skip(2).allMatch(Bytes32::isDigit)) {
            throw new IllegalArgumentException("not 32 bytes in lower-case hex: " + hex);
        }
    }

    private static boolean isDigit(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }

    public static Bytes32 of(byte[] bytes) {
        return new Bytes32(Hex.data(bytes));
    }

    /** The digest of the concatenation. */
    public static Bytes32 keccak(byte[]... parts) {
        return of(Keccak256.hash(parts));
    }

    /** A number as a big-endian word. */
    public static byte[] word(long value) {
        return word(new BigInteger(Long.toUnsignedString(value)));
    }

    /** A number as a big-endian word. */
    public static byte[] word(BigInteger value) {
        return Hex.toBytes(value, 32);
    }

    public byte[] bytes() {
        return Hex.parseData(hex);
    }

    public BigInteger toNumber() {
        return new BigInteger(1, bytes());
    }

    @Override
    public String toString() {
        return hex;
    }
}
