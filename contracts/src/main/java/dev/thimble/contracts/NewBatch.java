package dev.thimble.contracts;

import dev.thimble.chain.BatchCommitment;
import dev.thimble.chain.Bytes32;
import dev.thimble.chain.Keccak256;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/**
 * A sealed batch as it is committed on L1. Hashes, roots and the message count are those after the last block;
 * {@code data} are the bytes from which the state transition function derives the blocks.
 */
@SuppressWarnings("ArrayRecordComponent") // compared by its commitment only
public record NewBatch(
        long number,
        long firstBlock,
        long lastBlock,
        long firstTimestamp,
        long lastTimestamp,
        Bytes32 blockHash,
        Bytes32 stateRoot,
        long messageCount,
        Bytes32 messageRollingHash,
        Bytes32 withdrawalRoot,
        byte[] data) {

    /** The arguments of the contract's struct. */
    public List<Object> toAbi() {
        return List.of(
                number,
                firstBlock,
                lastBlock,
                firstTimestamp,
                lastTimestamp,
                blockHash.bytes(),
                stateRoot.bytes(),
                messageCount,
                messageRollingHash.bytes(),
                withdrawalRoot.bytes(),
                data);
    }

    /**
     * The batch of a commitment.
     *
     * @param data the bytes that its data hash covers
     * @throws IllegalArgumentException if it covers others
     */
    public static NewBatch of(BatchCommitment commitment, byte[] data) {
        Bytes32[] words = new Bytes32[12];
        for (int i = 0; i < words.length; i++) {
            words[i] = Bytes32.of(Arrays.copyOfRange(commitment.preimage(), 32 * i, 32 * i + 32));
        }
        NewBatch batch = new NewBatch(
                number(words[1]),
                number(words[2]),
                number(words[3]),
                number(words[4]),
                number(words[5]),
                words[6],
                words[7],
                number(words[9]),
                words[10],
                words[11],
                data);
        if (!batch.commitment(number(words[0])).equals(commitment.hash())) {
            throw new IllegalArgumentException(
                    "the data of batch " + batch.number + " are not those of its commitment");
        }
        return batch;
    }

    private static long number(Bytes32 word) {
        return word.toNumber().longValueExact();
    }

    /** The inverse of {@link #toAbi}: the fields of a decoded struct. */
    public static NewBatch fromAbi(List<?> fields) {
        return new NewBatch(
                number(fields, 0),
                number(fields, 1),
                number(fields, 2),
                number(fields, 3),
                number(fields, 4),
                Bytes32.of((byte[]) fields.get(5)),
                Bytes32.of((byte[]) fields.get(6)),
                number(fields, 7),
                Bytes32.of((byte[]) fields.get(8)),
                Bytes32.of((byte[]) fields.get(9)),
                (byte[]) fields.get(10));
    }

    private static long number(List<?> fields, int index) {
        return ((BigInteger) fields.get(index)).longValue();
    }

    /** keccak256 over the words of docs/formats-l1.md, "Batch commitment". */
    public Bytes32 commitment(long l2ChainId) {
        return commitment(l2ChainId, Bytes32.of(Keccak256.hash(data)));
    }

    private Bytes32 commitment(long l2ChainId, Bytes32 dataHash) {
        return Bytes32.keccak(
                Bytes32.word(l2ChainId),
                Bytes32.word(number),
                Bytes32.word(firstBlock),
                Bytes32.word(lastBlock),
                Bytes32.word(firstTimestamp),
                Bytes32.word(lastTimestamp),
                blockHash.bytes(),
                stateRoot.bytes(),
                dataHash.bytes(),
                Bytes32.word(messageCount),
                messageRollingHash.bytes(),
                withdrawalRoot.bytes());
    }

    /** What the contract stores of it. */
    public StoredBatch stored(long l2ChainId) {
        return stored(commitment(l2ChainId));
    }

    private StoredBatch stored(Bytes32 commitment) {
        return new StoredBatch(
                number, lastBlock, lastTimestamp, messageCount, blockHash, stateRoot, withdrawalRoot, commitment);
    }

    /** Batch 0: the genesis block, which is never proven; its data hash is zero. */
    public static StoredBatch genesis(long l2ChainId, long timestamp, Bytes32 blockHash, Bytes32 stateRoot) {
        NewBatch facts = new NewBatch(
                0, 0, 0, timestamp, timestamp, blockHash, stateRoot, 0, Bytes32.ZERO, Bytes32.ZERO, new byte[0]);
        return facts.stored(facts.commitment(l2ChainId, Bytes32.ZERO));
    }
}
