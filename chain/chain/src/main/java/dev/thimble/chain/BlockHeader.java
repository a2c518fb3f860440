package dev.thimble.chain;

import java.math.BigInteger;
import java.util.List;

/**
 * What the host needs of a block header. Nothing is checked here but its form: the state transition function checks.
 * Numbers are unsigned.
 *
 * @param rlp the header's bytes
 * @param hash keccak256 of them
 */
@SuppressWarnings("ArrayRecordComponent") // compared by its hash only
public record BlockHeader(
        byte[] rlp, Bytes32 hash, Bytes32 parentHash, Bytes32 stateRoot, long number, long gasUsed, long timestamp) {
    /** Fields of a Cancun header (EIP-4788 added the last one). */
    public static final int FIELDS = 20;

    private static final int PARENT_HASH = 0;
    private static final int STATE_ROOT = 3;
    private static final int NUMBER = 8;
    private static final int GAS_USED = 10;
    private static final int TIMESTAMP = 11;

    /**
     * Decodes a header.
     *
     * @throws MalformedBlockException if it is none, or one of another fork than Cancun
     */
    public static BlockHeader decode(byte[] rlp) throws MalformedBlockException {
        try {
            return of(rlp, Rlp.decode(rlp).items());
        } catch (IllegalArgumentException e) {
            throw new MalformedBlockException("not a block header: " + e.getMessage());
        }
    }

    static BlockHeader of(byte[] rlp, List<Rlp.Item> fields) throws MalformedBlockException {
        if (fields.size() != FIELDS) {
            throw new MalformedBlockException("the header has " + fields.size() + " fields, one of Cancun has " + FIELDS
                    + ": only blocks of Cancun can be proven");
        }
        return new BlockHeader(
                rlp,
                Bytes32.keccak(rlp),
                Bytes32.of(fields.get(PARENT_HASH).bytes()),
                Bytes32.of(fields.get(STATE_ROOT).bytes()),
                number(fields, NUMBER),
                number(fields, GAS_USED),
                number(fields, TIMESTAMP));
    }

    private static long number(List<Rlp.Item> fields, int index) {
        BigInteger value = fields.get(index).number();
        if (value.bitLength() > 64) {
            throw new IllegalArgumentException("field " + index + " is not below 2^64");
        }
        return value.longValue();
    }
}
