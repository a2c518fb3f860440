package dev.thimble.ethereum;

import dev.thimble.chain.Hex;
import dev.thimble.chain.Keccak256;

/** The bytes of a signed transaction and their hash, both in hex. */
public record SignedTransaction(String hex, String hash) {
    /** From the bytes. */
    public static SignedTransaction of(byte[] raw) {
        return new SignedTransaction(Hex.data(raw), Hex.data(Keccak256.hash(raw)));
    }

    /** The bytes. */
    public byte[] raw() {
        return Hex.parseData(hex);
    }
}
