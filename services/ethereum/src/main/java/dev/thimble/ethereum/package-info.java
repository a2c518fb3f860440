/**
 * A thin Ethereum client with nothing of Thimble in it.
 *
 * <p>{@link dev.thimble.ethereum.EthereumClient} asks a node over JSON-RPC. {@link dev.thimble.ethereum.ContractAbi}
 * encodes calls and decodes results, logs and custom errors. A {@link dev.thimble.ethereum.FeeMarketTransaction} is
 * signed by a {@link dev.thimble.ethereum.TransactionSigner}: a key file or a remote signer.
 * {@link dev.thimble.ethereum.AnvilProcess} runs a development node that ends with this process.
 */
@NullMarked
package dev.thimble.ethereum;

import org.jspecify.annotations.NullMarked;
