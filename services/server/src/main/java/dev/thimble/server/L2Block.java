package dev.thimble.server;

import java.math.BigInteger;

/**
 * One block of the L2 chain as far as batches need it.
 *
 * @param number its number
 * @param hash 0x-hex Keccak-256 of {@code header}
 * @param parentHash of the block before
 * @param stateRoot after it
 * @param timestamp seconds since 1970
 * @param gasUsed by its transactions
 * @param transactions how many it has
 * @param dataBytes size of its encoding without the header
 * @param beneficiary who gets the fees
 * @param baseFee per gas, in wei
 * @param header its RLP encoding
 */
@SuppressWarnings("ArrayRecordComponent") // blocks are told apart by their hash
public record L2Block(
        long number,
        String hash,
        String parentHash,
        String stateRoot,
        long timestamp,
        long gasUsed,
        int transactions,
        long dataBytes,
        String beneficiary,
        BigInteger baseFee,
        byte[] header) {}
