package dev.thimble.cli.demo;

import dev.thimble.chain.Address;
import dev.thimble.cli.command.CommandFailure;
import dev.thimble.contracts.ContractArtifact;
import dev.thimble.ethereum.DevelopmentAccounts;
import dev.thimble.ethereum.EthereumClient;
import dev.thimble.ethereum.FeeMarketTransaction;
import dev.thimble.ethereum.PrivateKey;
import dev.thimble.ethereum.Receipt;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Real signed transactions from the first account of a development node: transfers, a token and its transfers. */
final class DemoTransactions {
    static final PrivateKey SENDER = DevelopmentAccounts.OWNER;

    private static final Address RECEIVER = new Address("0x70997970c51812dc3a010c7d01b50e0d17dc79c8");
    private static final ContractArtifact TOKEN = ContractArtifact.DEMO_TOKEN;
    private static final BigInteger SUPPLY = BigInteger.TEN.pow(24);
    private static final BigInteger TRANSFER_GAS = BigInteger.valueOf(21_000);
    private static final BigInteger CALL_GAS = BigInteger.valueOf(100_000);
    private static final BigInteger CREATION_GAS = BigInteger.valueOf(1_500_000);
    private static final BigInteger TIP_WEI = BigInteger.valueOf(1_000_000_000);
    private static final int PATIENCE_SECONDS = 30;

    /** A transaction that is in a block. */
    record Mined(String hash, long block, String status) {
        static Mined of(Receipt receipt) {
            return new Mined(
                    receipt.transactionHash(), receipt.blockNumber(), receipt.success() ? "successful" : "reverted");
        }
    }

    private DemoTransactions() {}

    /**
     * Sends transactions one after the other; each is in a block when this returns. The second creates a token; from then on
     * transfers of ether and of the token take turns.
     */
    static List<Mined> send(EthereumClient client, int count) throws InterruptedException {
        var mined = new ArrayList<Mined>();
        Optional<Address> token = Optional.empty();
        for (int i = 0; i < count; i++) {
            if (i == 1) {
                var created = submit(client, Optional.empty(), BigInteger.ZERO, TOKEN.creation(SUPPLY));
                token = created.contractAddress();
                mined.add(Mined.of(created));
            } else if (i % 2 == 1 && token.isPresent()) {
                var call = TOKEN.abi().encodeCall("transfer", RECEIVER, BigInteger.valueOf(1_000L + i));
                mined.add(Mined.of(submit(client, token, BigInteger.ZERO, call)));
            } else {
                var value = BigInteger.valueOf(1_000_000L + i);
                mined.add(Mined.of(submit(client, Optional.of(RECEIVER), value, new byte[0])));
            }
        }
        return List.copyOf(mined);
    }

    private static Receipt submit(EthereumClient client, Optional<Address> to, BigInteger value, byte[] data)
            throws InterruptedException {
        var fee = client.baseFeeWei().multiply(BigInteger.TWO).add(TIP_WEI);
        var gas = data.length == 0 ? TRANSFER_GAS : to.isPresent() ? CALL_GAS : CREATION_GAS;
        var transaction = new FeeMarketTransaction(
                client.chainId(), client.minedNonce(SENDER.address()), TIP_WEI, fee, gas, to, value, data);
        return await(client, client.sendRaw(SENDER.sign(transaction).raw()));
    }

    private static Receipt await(EthereumClient client, String hash) throws InterruptedException {
        var deadline = Instant.now().plusSeconds(PATIENCE_SECONDS);
        while (Instant.now().isBefore(deadline)) {
            Optional<Receipt> receipt = client.receipt(hash);
            if (receipt.isPresent()) {
                return receipt.get();
            }
            Thread.sleep(20);
        }
        throw CommandFailure.environment(
                "L2_NODE_UNAVAILABLE", "transaction " + hash + " is in no block after 30 s", "Look at the L2 node.");
    }
}
