package dev.thimble.cli.l1;

import dev.thimble.chain.Address;
import dev.thimble.cli.command.CommandFailure;
import dev.thimble.cli.command.Context;
import dev.thimble.cli.command.Progress;
import dev.thimble.cli.command.Setting;
import dev.thimble.cli.command.Settings;
import dev.thimble.cli.database.DatabaseAccess;
import dev.thimble.ethereum.EthereumClient;
import dev.thimble.ethereum.JsonRpc;
import dev.thimble.ethereum.RemoteSigner;
import dev.thimble.ethereum.TransactionSigner;
import dev.thimble.l1.ChainContract;
import dev.thimble.l1.DeployedChain;
import dev.thimble.l1.DirectSender;
import dev.thimble.l1.Messages;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What commands need that send a transaction for a person. */
public final class L1Options {
    static final Duration PATIENCE = Duration.ofMinutes(10);

    @Option(names = "--l1", paramLabel = "URL", description = "The L1 node (setting l1-rpc-url).")
    private @Nullable String l1;

    @Option(names = "--l2", paramLabel = "URL", description = "The L2 node (setting l2-rpc-url).")
    private @Nullable String l2;

    @Option(names = "--contract", paramLabel = "ADDRESS", description = "The chain on L1 (setting l1-contract).")
    private @Nullable String contract;

    @Option(names = "--from-block", paramLabel = "N", description = "The L1 block that created it.")
    private @Nullable Long fromBlock;

    @Option(names = "--key-file", paramLabel = "FILE", description = "The sender's key (setting l1-key-file).")
    private @Nullable String keyFile;

    @Option(names = "--signer", paramLabel = "URL", description = "A signer with eth_signTransaction instead of a key.")
    private @Nullable String signer;

    @Option(names = "--account", paramLabel = "ADDRESS", description = "The signer's account.")
    private @Nullable String account;

    private Settings settings = Settings.of(Map.of(), Map.of(), "");
    private Optional<DeployedChain> deployed = Optional.empty();

    /** With what flags leave open taken from the settings, and then from what {@code init --l1} has deployed. */
    L1Options over(Context context) {
        settings = context.settings();
        boolean known = isGiven(l1, Setting.L1_RPC_URL) && isGiven(contract, Setting.L1_CONTRACT);
        if (!known && DatabaseAccess.isThere(context, settings)) {
            try (var access = DatabaseAccess.existing(context, settings)) {
                deployed = L1Access.deployed(settings, access.database());
            }
        }
        return this;
    }

    private boolean isGiven(@Nullable String flag, Setting setting) {
        return flag != null || !settings.text(setting).isEmpty();
    }

    Address contract() {
        return address(
                "--contract",
                required(
                        contract,
                        Setting.L1_CONTRACT,
                        "--contract",
                        found -> found.deployment().contract().hex()));
    }

    DirectSender onL1(Progress progress) {
        return sender(l1Url(), progress);
    }

    DirectSender onL2(Progress progress) {
        return sender(l2Url(), progress);
    }

    Messages messages() {
        var recorded = deployed.map(found -> found.deployment().blockNumber()).orElse(0L);
        return new Messages(
                new ChainContract(new EthereumClient(l1Url()), contract()),
                Objects.requireNonNullElse(fromBlock, recorded),
                new EthereumClient(l2Url()));
    }

    private URI l1Url() {
        return L1Access.url(
                "--l1",
                required(l1, Setting.L1_RPC_URL, "--l1", found -> found.url().toString()));
    }

    private String required(
            @Nullable String flag, Setting setting, String option, Function<DeployedChain, String> recorded) {
        var text = flag != null ? flag : settings.text(setting);
        if (!text.isEmpty()) {
            return text;
        }
        return deployed.map(recorded)
                .orElseThrow(() -> CommandFailure.usage(
                        option + " is missing",
                        "Give it, set " + setting.environmentName() + " or " + setting.text()
                                + ", or run thimble init --l1 URL."));
    }

    /** The node of the settings, or the JSON-RPC of the server on this machine, which passes calls on to its node. */
    private URI l2Url() {
        var text = l2 != null ? l2 : settings.text(Setting.L2_RPC_URL);
        return L1Access.url("--l2", text.isEmpty() ? "http://127.0.0.1:" + settings.port(Setting.API_PORT) : text);
    }

    private DirectSender sender(URI node, Progress progress) {
        return new DirectSender(
                new EthereumClient(node), signer(), hash -> progress.step("sending transaction " + hash));
    }

    private TransactionSigner signer() {
        if (signer != null) {
            if (account == null) {
                throw CommandFailure.usage("--signer needs --account, the account that it signs for", "");
            }
            return new RemoteSigner(new JsonRpc(L1Access.url("--signer", signer)), address("--account", account));
        }
        var file = keyFile != null ? keyFile : settings.text(Setting.L1_KEY_FILE);
        if (file.isEmpty()) {
            throw CommandFailure.usage("--key-file is missing", "Give it, or set THIMBLE_L1_KEY_FILE or l1-key-file.");
        }
        return OperatorKeys.read(file);
    }

    public static Address address(String option, String text) {
        try {
            return new Address(text);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(option + " " + text + " is not an address", "");
        }
    }
}
