package dev.thimble.chain;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.digests.KeccakDigest;

/** Keccak-256 with the original padding, as Ethereum uses it. */
public final class Keccak256 {
    private Keccak256() {}

    /** The digest of the concatenation. */
    public static byte[] hash(byte[]... parts) {
        KeccakDigest digest = new KeccakDigest(256);
        for (byte[] part : parts) {
            digest.update(part, 0, part.length);
        }
        byte[] result = new byte[32];
        digest.doFinal(result, 0);
        return result;
    }

    /** The digest of ASCII text. */
    public static byte[] hash(String text) {
        return hash(text.getBytes(StandardCharsets.US_ASCII));
    }
}
