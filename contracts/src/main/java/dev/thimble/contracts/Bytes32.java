package dev.thimble.contracts;

import dev.thimble.ethereum.Hex;
import dev.thimble.ethereum.Keccak256;
import java.math.BigInteger;

/** A 32-byte value, written as 0x and 64 lower-case digits. */
public record Bytes32(String hex) {
    public static final Bytes32 ZERO = of(new byte[32]);

    public Bytes32 {
        if (!hex.matches("0x[0-9a-f]{64}")) {
            throw new IllegalArgumentException("not 32 bytes in lower-case hex: " + hex);
        }
    }

    public static Bytes32 of(byte[] bytes) {
        return new Bytes32(Hex.data(bytes));
    }

    /** The digest of the concatenation of 32-byte words. */
    static Bytes32 keccak(byte[]... words) {
        return of(Keccak256.hash(words));
    }

    /** A number as a big-endian word. */
    static byte[] word(long value) {
        return word(new BigInteger(Long.toUnsignedString(value)));
    }

    /** A number as a big-endian word. */
    static byte[] word(BigInteger value) {
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
