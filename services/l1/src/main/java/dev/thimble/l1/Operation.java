package dev.thimble.l1;

import dev.thimble.chain.Address;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Something that has to happen on L1 once.
 *
 * @param id its row
 * @param purpose what it is for; no two open operations have the same
 * @param recipient the contract or account; empty to create a contract
 * @param valueWei what it pays
 * @param data calldata or creation code
 * @param nonce the sender's transaction number, once it is signed
 * @param state how far it is
 * @param message what the node last refused, or empty
 * @param mined the facts of its receipt, while it has one
 */
@SuppressWarnings("ArrayRecordComponent") // compared by id only
public record Operation(
        long id,
        String purpose,
        Optional<Address> recipient,
        BigInteger valueWei,
        byte[] data,
        OptionalLong nonce,
        OperationState state,
        String message,
        Optional<Mined> mined) {

    /**
     * The facts of a receipt.
     *
     * @param transactionHash which of the operation's transactions it was
     * @param blockNumber its block
     * @param at the time of the block
     * @param succeeded false if it was reverted
     * @param gasUsed its gas
     * @param contract the contract that it created
     */
    public record Mined(
            String transactionHash,
            long blockNumber,
            Instant at,
            boolean succeeded,
            long gasUsed,
            Optional<Address> contract) {}
}
