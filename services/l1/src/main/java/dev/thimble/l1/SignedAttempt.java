package dev.thimble.l1;

import java.math.BigInteger;

/**
 * One signed transaction of an operation.
 *
 * @param hash its hash
 * @param nonce its number, shared by all attempts of the operation
 * @param attempt 1 for the first, then one more for each raise of its fee
 * @param fees what it offers
 * @param gasLimit its gas
 * @param raw its bytes
 * @param ageSeconds time since it was signed, by the database's clock
 */
@SuppressWarnings("ArrayRecordComponent") // compared by hash only
record SignedAttempt(
        String hash, long nonce, int attempt, Fees fees, BigInteger gasLimit, byte[] raw, double ageSeconds) {}
