package dev.thimble.ethereum;

import dev.thimble.chain.Address;

/** Somebody who holds the key of one account. */
public interface TransactionSigner {
    /** The account. */
    Address address();

    /**
     * Signs exactly this transaction.
     *
     * @throws SignerException if it does not
     * @throws java.io.UncheckedIOException if it does not answer
     */
    SignedTransaction sign(FeeMarketTransaction transaction);
}
