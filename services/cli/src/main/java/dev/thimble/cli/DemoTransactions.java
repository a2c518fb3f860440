package dev.thimble.cli;

import dev.thimble.chain.Address;
import dev.thimble.ethereum.EthereumClient;
import dev.thimble.ethereum.FeeMarketTransaction;
import dev.thimble.ethereum.PrivateKey;
import dev.thimble.ethereum.Receipt;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Real signed transfers from the first account of a development node. */
final class DemoTransactions {
    /** The published key of the first account of every development node. */
    static final PrivateKey SENDER =
            PrivateKey.parse("0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");

    private static final Address RECEIVER = new Address("0x70997970c51812dc3a010c7d01b50e0d17dc79c8");
    private static final BigInteger GAS = BigInteger.valueOf(21_000);
    private static final BigInteger TIP_WEI = BigInteger.valueOf(1_000_000_000);
    private static final int PATIENCE_SECONDS = 30;

    /** A transaction that is in a block. */
    record Mined(String hash, long block, String status) {}

    private DemoTransactions() {}

    /** Sends transfers one after the other; each is in a block when this returns. */
    static List<Mined> send(EthereumClient client, int count) throws InterruptedException {
        var mined = new ArrayList<Mined>();
        long chain = client.chainId();
        for (int i = 0; i < count; i++) {
            var fee = client.baseFeeWei().multiply(BigInteger.TWO).add(TIP_WEI);
            var transaction = new FeeMarketTransaction(
                    chain,
                    client.minedNonce(SENDER.address()),
                    TIP_WEI,
                    fee,
                    GAS,
                    Optional.of(RECEIVER),
                    BigInteger.valueOf(1_000_000L + i),
                    new byte[0]);
            mined.add(await(client, client.sendRaw(SENDER.sign(transaction).raw())));
        }
        return List.copyOf(mined);
    }

    private static Mined await(EthereumClient client, String hash) throws InterruptedException {
        var deadline = Instant.now().plusSeconds(PATIENCE_SECONDS);
        while (Instant.now().isBefore(deadline)) {
            Optional<Receipt> receipt = client.receipt(hash);
            if (receipt.isPresent()) {
                return new Mined(
                        hash, receipt.get().blockNumber(), receipt.get().success() ? "successful" : "reverted");
            }
            Thread.sleep(20);
        }
        throw CommandFailure.environment(
                "L2_NODE_UNAVAILABLE", "transaction " + hash + " is in no block after 30 s", "Look at the L2 node.");
    }
}
