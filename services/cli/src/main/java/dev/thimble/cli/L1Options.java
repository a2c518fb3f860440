package dev.thimble.cli;

import dev.thimble.chain.Address;
import dev.thimble.ethereum.EthereumClient;
import dev.thimble.ethereum.JsonRpc;
import dev.thimble.ethereum.PrivateKey;
import dev.thimble.ethereum.RemoteSigner;
import dev.thimble.ethereum.TransactionSigner;
import dev.thimble.l1.ChainContract;
import dev.thimble.l1.DirectSender;
import dev.thimble.l1.Messages;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What commands need that send a transaction for a person. */
final class L1Options {
    static final Duration PATIENCE = Duration.ofMinutes(10);

    @Option(names = "--amount", required = true, paramLabel = "WEI", description = "How much, in wei.")
    private String amount = "";

    @Option(names = "--to", required = true, paramLabel = "ADDRESS", description = "Who gets it.")
    private String to = "";

    @Option(names = "--l1", paramLabel = "URL", description = "The L1 node (setting l1-rpc-url).")
    private @Nullable String l1;

    @Option(names = "--l2", paramLabel = "URL", description = "The L2 node (setting l2-rpc-url).")
    private @Nullable String l2;

    @Option(names = "--contract", paramLabel = "ADDRESS", description = "The chain on L1 (setting l1-contract).")
    private @Nullable String contract;

    @Option(names = "--from-block", paramLabel = "N", description = "The L1 block that created it (default: 0).")
    private long fromBlock;

    @Option(names = "--key-file", paramLabel = "FILE", description = "The sender's key (setting l1-key-file).")
    private @Nullable String keyFile;

    @Option(names = "--signer", paramLabel = "URL", description = "A signer with eth_signTransaction instead of a key.")
    private @Nullable URI signer;

    @Option(names = "--account", paramLabel = "ADDRESS", description = "The signer's account.")
    private @Nullable String account;

    @Option(names = "--wait", description = "Wait until it has arrived on the other side.")
    private boolean wait;

    private Settings settings = Settings.of(Map.of(), Map.of(), "");

    /** With what flags leave open taken from the settings. */
    L1Options over(Settings given) {
        settings = given;
        return this;
    }

    boolean waits() {
        return wait;
    }

    BigInteger amountWei() {
        if (!amount.matches("[1-9][0-9]{0,30}")) {
            throw CommandFailure.usage("--amount " + amount + " is not a number of wei", "");
        }
        return new BigInteger(amount);
    }

    Address recipient() {
        return address("--to", to);
    }

    Address contract() {
        return address("--contract", required(contract, Setting.L1_CONTRACT, "--contract"));
    }

    DirectSender onL1(Progress progress) throws IOException {
        return sender(l1Url(), progress);
    }

    DirectSender onL2(Progress progress) throws IOException {
        return sender(l2Url(), progress);
    }

    Messages messages() {
        return new Messages(
                new ChainContract(new EthereumClient(l1Url()), contract()), fromBlock, new EthereumClient(l2Url()));
    }

    private URI l1Url() {
        return URI.create(required(l1, Setting.L1_RPC_URL, "--l1"));
    }

    private String required(@Nullable String flag, Setting setting, String option) {
        var text = flag != null ? flag : settings.value(setting).text();
        if (text.isEmpty()) {
            throw CommandFailure.usage(
                    option + " is missing",
                    "Give it, or set " + setting.environmentName() + " or " + setting.text() + ".");
        }
        return text;
    }

    private URI l2Url() {
        return URI.create(required(l2, Setting.L2_RPC_URL, "--l2"));
    }

    private DirectSender sender(URI node, Progress progress) throws IOException {
        return new DirectSender(
                new EthereumClient(node), signer(), hash -> progress.step("sending transaction " + hash));
    }

    private TransactionSigner signer() throws IOException {
        if (signer != null && account != null) {
            return new RemoteSigner(new JsonRpc(signer), address("--account", account));
        }
        return PrivateKey.fromFile(Path.of(required(keyFile, Setting.L1_KEY_FILE, "--key-file")));
    }

    private static Address address(String option, String text) {
        try {
            return new Address(text);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(option + " " + text + " is not an address", "");
        }
    }
}
