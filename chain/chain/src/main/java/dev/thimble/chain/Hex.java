package dev.thimble.chain;

import java.math.BigInteger;
import java.util.HexFormat;

/** Hexadecimal as JSON-RPC writes it: {@code 0x} and lower case; data in whole bytes, quantities without zeros in front. */
public final class Hex {
    private static final HexFormat FORMAT = HexFormat.of();

    private Hex() {}

    /** {@code 0x} and two digits per byte. */
    public static String data(byte[] bytes) {
        return "0x" + FORMAT.formatHex(bytes);
    }

    /** {@code 0x} and the digits of a non-negative number. */
    public static String quantity(BigInteger value) {
        if (value.signum() < 0) {
            throw new IllegalArgumentException("value is negative: " + value);
        }
        return "0x" + value.toString(16);
    }

    /** As {@link #quantity(BigInteger)}. */
    public static String quantity(long value) {
        return quantity(BigInteger.valueOf(value));
    }

    /** Bytes of {@code 0x}-prefixed data. */
    public static byte[] parseData(String hex) {
        if (!hex.startsWith("0x")) {
            throw new IllegalArgumentException("hex data without 0x: " + abbreviate(hex));
        }
        try {
            return FORMAT.parseHex(hex, 2, hex.length());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not hex data: " + abbreviate(hex), e);
        }
    }

    /** A {@code 0x}-prefixed quantity. */
    public static BigInteger parseQuantity(String hex) {
        if (!hex.matches("0x[0-9a-fA-F]+")) {
            throw new IllegalArgumentException("not a hex quantity: " + abbreviate(hex));
        }
        return new BigInteger(hex.substring(2), 16);
    }

    /** The low {@code length} bytes of a non-negative number, big endian; the number must fit. */
    public static byte[] toBytes(BigInteger value, int length) {
        if (value.signum() < 0 || value.bitLength() > 8 * length) {
            throw new IllegalArgumentException("value does not fit in " + length + " bytes: " + value);
        }
        byte[] magnitude = value.toByteArray();
        int skip = Math.max(0, magnitude.length - length);
        byte[] bytes = new byte[length];
        int count = magnitude.length - skip;
        System.arraycopy(magnitude, skip, bytes, length - count, count);
        return bytes;
    }

    private static String abbreviate(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
