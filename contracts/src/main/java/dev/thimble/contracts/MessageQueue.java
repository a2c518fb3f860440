package dev.thimble.contracts;

import dev.thimble.chain.Address;
import dev.thimble.chain.Bytes32;
import dev.thimble.chain.Keccak256;
import java.math.BigInteger;

/** The queue of messages from L1 to L2: how many there are, and their rolling hash, which starts at zero. */
public record MessageQueue(long count, Bytes32 rollingHash) {
    public static final MessageQueue EMPTY = new MessageQueue(0, Bytes32.ZERO);

    /** The queue with one more message: rolling hash = keccak256(rolling hash ‖ message hash). */
    public MessageQueue plus(Address to, BigInteger value, byte[] data) {
        byte[] recipient = new byte[32];
        System.arraycopy(to.bytes(), 0, recipient, 12, 20);
        Bytes32 message = Bytes32.keccak(Bytes32.word(count), recipient, Bytes32.word(value), Keccak256.hash(data));
        return new MessageQueue(count + 1, Bytes32.keccak(rollingHash.bytes(), message.bytes()));
    }
}
