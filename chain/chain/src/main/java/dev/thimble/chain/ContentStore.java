package dev.thimble.chain;

import java.util.Optional;

/**
 * Trie nodes and contract codes by the keccak256 of their bytes. What is asked for is what was put in, or nothing: the
 * key is a digest of the value.
 */
public interface ContentStore {
    /** The bytes with this digest. */
    Optional<byte[]> get(Bytes32 hash);

    /** Keeps bytes and returns their digest; putting them again changes nothing. */
    Bytes32 put(byte[] bytes);
}
