package dev.thimble.cli.block;

import dev.thimble.chain.Address;
import dev.thimble.chain.Keccak256;
import dev.thimble.chain.Rlp;
import dev.thimble.ethereum.PrivateKey;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A transaction of type 3 (EIP-4844) with one blob of zeros: its polynomial is zero, so commitment and proof are the point at
 * infinity, and no library is needed to make them.
 */
final class BlobTransaction {
    private static final byte[] TYPE = {3};
    private static final long FEE_WEI = 2_000_000_000L;
    private static final int BLOB_BYTES = 4096 * 32;

    private BlobTransaction() {}

    /** The bytes to send: 3 ‖ rlp(transaction, blobs, commitments, proofs). */
    static byte[] signed(PrivateKey key, long chainId, long nonce, Address to) {
        byte[] infinity = new byte[48];
        infinity[0] = (byte) 0xc0;
        var fields = new ArrayList<>(List.of(
                Rlp.encode(chainId),
                Rlp.encode(nonce),
                Rlp.encode(1),
                Rlp.encode(FEE_WEI),
                Rlp.encode(21_000),
                Rlp.encode(to.bytes()),
                Rlp.encode(0),
                Rlp.encode(new byte[0]),
                Rlp.list(),
                Rlp.encode(FEE_WEI),
                Rlp.list(Rlp.encode(versionedHash(infinity)))));
        var signature = key.sign(Keccak256.hash(TYPE, Rlp.list(fields)));
        fields.add(Rlp.encode(signature.yParity()));
        fields.add(Rlp.encode(signature.r()));
        fields.add(Rlp.encode(signature.s()));
        byte[] one = Rlp.list(Rlp.encode(infinity));
        byte[] payload = Rlp.list(Rlp.list(fields), Rlp.list(Rlp.encode(new byte[BLOB_BYTES])), one, one);
        byte[] raw = Arrays.copyOf(TYPE, 1 + payload.length);
        System.arraycopy(payload, 0, raw, 1, payload.length);
        return raw;
    }

    private static byte[] versionedHash(byte[] commitment) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(commitment);
            hash[0] = 1;
            return hash;
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
