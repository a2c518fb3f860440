package dev.thimble.chain;

import java.util.Arrays;
import java.util.Locale;

/** An account address: 20 bytes, written as 0x and 40 lower-case digits. */
public record Address(String hex) {
    public static final Address ZERO = new Address("0x" + "0".repeat(40));

    /** Accepts any case of digits; the checksum of mixed case is not looked at. */
    public Address {
        if (!hex.matches("0x[0-9a-fA-F]{40}")) {
            throw new IllegalArgumentException("not an address: " + hex);
        }
        hex = hex.toLowerCase(Locale.ROOT);
    }

    /** The address of 20 bytes. */
    public static Address of(byte[] bytes) {
        return new Address(Hex.data(bytes));
    }

    /** The 20 bytes. */
    public byte[] bytes() {
        return Hex.parseData(hex);
    }

    /** Where a contract lands that this account creates with its transaction number {@code nonce}. */
    public Address created(long nonce) {
        byte[] hash = Keccak256.hash(Rlp.list(Rlp.encode(bytes()), Rlp.encode(nonce)));
        return of(Arrays.copyOfRange(hash, 12, 32));
    }

    @Override
    public String toString() {
        return hex;
    }
}
