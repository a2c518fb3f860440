package dev.thimble.l1;

import dev.thimble.chain.Bytes32;
import dev.thimble.chain.Hex;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Digests of the keys below the PLONK key, as the contract stores them.
 *
 * @param nodeKeyHash key of the node round
 * @param leafKeyHash keys of the leaf round
 * @param circuitsSetHash keys of the basic circuits: the second public input of every proof, below r
 */
public record VerifierParams(Bytes32 nodeKeyHash, Bytes32 leafKeyHash, Bytes32 circuitsSetHash) {
    private static final int ELEMENTS = 8;
    private static final int ELEMENT_BITS = 31;

    /**
     * Of a build without recursion: it has no keys of the node and leaf rounds, their hashes are zero.
     *
     * @param vkSet digest of the set of basic keys, 0x-hex of eight field elements of four bytes each, little-endian
     * @throws IllegalArgumentException if it is none
     */
    public static VerifierParams ofBasicKeys(String vkSet) {
        return new VerifierParams(Bytes32.ZERO, Bytes32.ZERO, pack(vkSet));
    }

    /** The sum of element i times 2^(31 i): 248 bits, so below r. */
    private static Bytes32 pack(String vkSet) {
        if (!vkSet.matches("0x[0-9a-f]{64}")) {
            throw new IllegalArgumentException("vkSet = " + vkSet + " is no digest");
        }
        ByteBuffer bytes = ByteBuffer.wrap(Hex.parseData(vkSet)).order(ByteOrder.LITTLE_ENDIAN);
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < ELEMENTS; i++) {
            int element = bytes.getInt();
            if (element < 0) {
                throw new IllegalArgumentException("vkSet = " + vkSet + " has an element of more than 31 bits");
            }
            sum = sum.add(BigInteger.valueOf(element).shiftLeft(ELEMENT_BITS * i));
        }
        return Bytes32.of(Bytes32.word(sum));
    }

    List<Object> toAbi() {
        return List.of(nodeKeyHash.bytes(), leafKeyHash.bytes(), circuitsSetHash.bytes());
    }

    /** The three of them in the order of the contract. */
    public List<Bytes32> toList() {
        return List.of(nodeKeyHash, leafKeyHash, circuitsSetHash);
    }
}
