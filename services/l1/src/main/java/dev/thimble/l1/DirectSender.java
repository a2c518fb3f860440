package dev.thimble.l1;

import dev.thimble.chain.Address;
import dev.thimble.ethereum.EthereumClient;
import dev.thimble.ethereum.FeeMarketTransaction;
import dev.thimble.ethereum.Receipt;
import dev.thimble.ethereum.RpcException;
import dev.thimble.ethereum.SignedTransaction;
import dev.thimble.ethereum.TransactionSigner;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Sends one transaction for a person who watches, without an outbox: the hash is told before the transaction is sent, so whatever happens
 * afterwards can be looked up.
 */
public final class DirectSender {
    private static final Duration POLL = Duration.ofMillis(200);

    private final EthereumClient client;
    private final TransactionSigner signer;
    private final Consumer<String> announce;

    /**
     * @param announce hears the hash before the transaction is sent
     */
    public DirectSender(EthereumClient client, TransactionSigner signer, Consumer<String> announce) {
        this.client = client;
        this.signer = signer;
        this.announce = announce;
    }

    public EthereumClient client() {
        return client;
    }

    /**
     * Sends and waits until it is mined. A call of a contract that is not there would succeed, and its value be lost: it is not sent.
     *
     * @throws L1Failure if it would be reverted, was reverted, is refused, or is not mined in time
     */
    public Receipt send(Address to, BigInteger valueWei, byte[] data, Duration patience) {
        if (data.length > 0 && client.code(to).length == 0) {
            throw new L1Failure("there is no contract at " + to + " on chain " + client.chainId()
                    + ": nothing was sent; check node and address");
        }
        return send(Optional.of(to), valueWei, data, patience);
    }

    /** Creates a contract, as {@link #send} otherwise. */
    public Receipt create(byte[] code, Duration patience) {
        return send(Optional.empty(), BigInteger.ZERO, code, patience);
    }

    private Receipt send(Optional<Address> to, BigInteger valueWei, byte[] data, Duration patience) {
        try {
            BigInteger gas = client.estimateGas(signer.address(), to, valueWei, data)
                    .multiply(BigInteger.valueOf(125))
                    .divide(BigInteger.valueOf(100));
            Fees fees = Fees.market(client.baseFeeWei(), client.suggestedTipWei());
            SignedTransaction signed = signer.sign(new FeeMarketTransaction(
                    client.chainId(),
                    client.nonce(signer.address(), "pending"),
                    fees.maxTipWei(),
                    fees.maxFeeWei(),
                    gas,
                    to,
                    valueWei,
                    data));
            announce.accept(signed.hash());
            client.sendRaw(signed.raw());
            return await(signed.hash(), patience);
        } catch (RpcException e) {
            throw new L1Failure("the transaction is refused: " + ContractErrors.describe(e));
        }
    }

    private Receipt await(String hash, Duration patience) {
        long begun = System.nanoTime();
        while (true) {
            Optional<Receipt> receipt = client.receipt(hash);
            if (receipt.isPresent()) {
                if (!receipt.get().success()) {
                    throw new L1Failure("transaction " + hash + " was reverted");
                }
                return receipt.get();
            }
            if (System.nanoTime() - begun > patience.toNanos()) {
                throw new L1Failure("transaction " + hash + " is not mined after " + patience.toSeconds() + " s");
            }
            Pause.of(POLL);
        }
    }
}
