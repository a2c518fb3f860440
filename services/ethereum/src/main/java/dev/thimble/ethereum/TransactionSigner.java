package dev.thimble.ethereum;

import dev.thimble.chain.Address;

/** Somebody who holds the key of one account. */
public interface TransactionSigner {
    /** The account. */
    Address address();

    /** Signs exactly this transaction. */
    SignedTransaction sign(FeeMarketTransaction transaction);
}
