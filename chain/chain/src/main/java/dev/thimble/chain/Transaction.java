package dev.thimble.chain;

import java.util.Arrays;

/**
 * A transaction as the host sees it: its bytes (EIP-2718), their hash, and its type. The state transition function decodes
 * the rest.
 */
@SuppressWarnings("ArrayRecordComponent") // compared by its hash only
public record Transaction(byte[] bytes, Bytes32 hash, int type) {
    /** From the bytes that a sender signs and a node takes. */
    public static Transaction of(byte[] bytes) {
        int first = bytes.length == 0 ? 0 : bytes[0] & 0xFF;
        return new Transaction(bytes.clone(), Bytes32.keccak(bytes), first < 0x80 ? first : 0);
    }

    /** From an item of a block's list: a list for type 0, a string that holds the bytes for the others. */
    static Transaction of(Rlp.Item item) {
        return of(item instanceof Rlp.Text(byte[] content) ? content : Rlp.encode(item));
    }

    /** The item of a block's list. */
    byte[] item() {
        return type == 0 ? Arrays.copyOf(bytes, bytes.length) : Rlp.encode(bytes);
    }
}
