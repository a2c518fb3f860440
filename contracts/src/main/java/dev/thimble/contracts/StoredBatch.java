package dev.thimble.contracts;

import dev.thimble.chain.Bytes32;
import java.math.BigInteger;
import java.util.List;

/** What later steps need of a committed batch; the contract keeps its hash and has to be shown the rest. */
public record StoredBatch(
        long number,
        long lastBlock,
        long lastTimestamp,
        long messageCount,
        Bytes32 blockHash,
        Bytes32 stateRoot,
        Bytes32 withdrawalRoot,
        Bytes32 commitment) {
    private static final int PUBLIC_INPUT_SHIFT = 32;

    /** The arguments of the contract's struct. */
    public List<Object> toAbi() {
        return List.of(
                number,
                lastBlock,
                lastTimestamp,
                messageCount,
                blockHash.bytes(),
                stateRoot.bytes(),
                withdrawalRoot.bytes(),
                commitment.bytes());
    }

    /** keccak256 of the eight words. */
    public Bytes32 hash() {
        return Bytes32.keccak(
                Bytes32.word(number),
                Bytes32.word(lastBlock),
                Bytes32.word(lastTimestamp),
                Bytes32.word(messageCount),
                blockHash.bytes(),
                stateRoot.bytes(),
                withdrawalRoot.bytes(),
                commitment.bytes());
    }

    /** The first public input of the proof: keccak256(previous commitment ‖ this commitment) >> 32, 224 bits. */
    public BigInteger publicInput(StoredBatch previous) {
        return Bytes32.keccak(previous.commitment.bytes(), commitment.bytes())
                .toNumber()
                .shiftRight(PUBLIC_INPUT_SHIFT);
    }
}
