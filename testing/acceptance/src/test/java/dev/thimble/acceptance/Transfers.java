package dev.thimble.acceptance;

import dev.thimble.ethereum.EthereumClient;
import dev.thimble.ethereum.FeeMarketTransaction;
import dev.thimble.ethereum.PrivateKey;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Signed transfers of the development account, each a block. */
final class Transfers {
    /** The published key of the first account of every development node. */
    private static final PrivateKey SENDER =
            PrivateKey.parse("0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");

    private static final PrivateKey RECEIVER =
            PrivateKey.parse("0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d");
    private static final BigInteger TIP_WEI = BigInteger.valueOf(1_000_000_000);
    private static final BigInteger GAS = BigInteger.valueOf(21_000);

    private Transfers() {}

    /** Sends them through a server's JSON-RPC; each is in a block when this returns. */
    static void send(URI rpc, int count) throws InterruptedException {
        var client = new EthereumClient(rpc);
        for (int i = 0; i < count; i++) {
            var fee = client.baseFeeWei().multiply(BigInteger.TWO).add(TIP_WEI);
            var transaction = new FeeMarketTransaction(
                    client.chainId(),
                    client.minedNonce(SENDER.address()),
                    TIP_WEI,
                    fee,
                    GAS,
                    Optional.of(RECEIVER.address()),
                    BigInteger.ONE,
                    new byte[0]);
            await(client, client.sendRaw(SENDER.sign(transaction).raw()));
        }
    }

    private static void await(EthereumClient client, String hash) throws InterruptedException {
        var end = Instant.now().plus(Duration.ofSeconds(30));
        while (client.receipt(hash).isEmpty()) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("transaction " + hash + " is in no block");
            }
            Thread.sleep(50);
        }
    }
}
