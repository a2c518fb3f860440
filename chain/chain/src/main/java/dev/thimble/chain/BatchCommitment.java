package dev.thimble.chain;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * What L1 knows of a batch: the 12 words of docs/formats-l1.md, "Batch commitment". A batch opens its predecessor's.
 *
 * @param preimage the words, 384 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // compared by its hash only
public record BatchCommitment(byte[] preimage) {
    private static final int WORDS = 12;
    private static final int CHAIN_ID = 0;
    private static final int BATCH_NUMBER = 1;
    private static final int LAST_BLOCK = 3;
    private static final int BLOCK_HASH = 6;
    private static final int STATE_ROOT = 7;
    private static final int MESSAGES = 9;

    public BatchCommitment {
        if (preimage.length != 32 * WORDS) {
            throw new IllegalArgumentException("preimage has " + preimage.length + " bytes, not " + 32 * WORDS);
        }
        preimage = preimage.clone();
    }

    /**
     * Batch 0: the genesis block, which is not proven.
     *
     * @param stateRoot computed from the genesis file; anvil's genesis header does not have it
     */
    public static BatchCommitment genesis(long chainId, BlockHeader header, Bytes32 stateRoot) {
        return before(chainId, 0, header, stateRoot);
    }

    /** A stand-in for a batch that ended with this block when only the block is known: its other words are zero. */
    public static BatchCommitment before(long chainId, long batchNumber, BlockHeader last, Bytes32 stateRoot) {
        byte[] preimage = new byte[32 * WORDS];
        byte[][] words = {
            Bytes32.word(chainId),
            Bytes32.word(batchNumber),
            Bytes32.word(last.number()),
            Bytes32.word(last.number()),
            Bytes32.word(last.timestamp()),
            Bytes32.word(last.timestamp()),
            last.hash().bytes(),
            stateRoot.bytes()
        };
        for (int i = 0; i < words.length; i++) {
            System.arraycopy(words[i], 0, preimage, 32 * i, 32);
        }
        return new BatchCommitment(preimage);
    }

    /** keccak256 of the words. */
    public Bytes32 hash() {
        return Bytes32.keccak(preimage);
    }

    /** What the state transition function outputs for {@code next}: keccak256(hash ‖ next hash) >> 32. */
    public Bytes32 publicInput(BatchCommitment next) {
        Bytes32 joined = Bytes32.keccak(hash().bytes(), next.hash().bytes());
        return Bytes32.of(Bytes32.word(joined.toNumber().shiftRight(32)));
    }

    public BigInteger chainId() {
        return word(CHAIN_ID).toNumber();
    }

    public BigInteger batchNumber() {
        return word(BATCH_NUMBER).toNumber();
    }

    public BigInteger lastBlock() {
        return word(LAST_BLOCK).toNumber();
    }

    /** The hash of the last block. */
    public Bytes32 blockHash() {
        return word(BLOCK_HASH);
    }

    /** The state root after the last block. */
    public Bytes32 stateRoot() {
        return word(STATE_ROOT);
    }

    /** How many messages of L1 were processed from genesis on. */
    public BigInteger messages() {
        return word(MESSAGES).toNumber();
    }

    private Bytes32 word(int index) {
        return Bytes32.of(Arrays.copyOfRange(preimage, 32 * index, 32 * index + 32));
    }
}
