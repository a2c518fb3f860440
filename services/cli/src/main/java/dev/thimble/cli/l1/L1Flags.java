package dev.thimble.cli.l1;

import dev.thimble.cli.command.Setting;
import dev.thimble.cli.command.Settings;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of what acts for the operator on L1. */
public final class L1Flags {
    @Option(names = "--l1-rpc-url", paramLabel = "URL", description = "The L1 node; default: that of init --l1.")
    private @Nullable String l1RpcUrl;

    @Option(names = "--l1-key-file", paramLabel = "FILE", description = "The operator's key on L1, mode 600.")
    private @Nullable String l1KeyFile;

    @Option(names = "--l1-signer-url", paramLabel = "URL", description = "A signer with eth_signTransaction instead.")
    private @Nullable String l1SignerUrl;

    @Option(names = "--l1-account", paramLabel = "ADDRESS", description = "The signer's account.")
    private @Nullable String l1Account;

    @Option(names = "--l2-key-file", paramLabel = "FILE", description = "The key that carries deposits on L2.")
    private @Nullable String l2KeyFile;

    /** The settings with these flags on top. */
    public Settings over(Settings settings) {
        return settings.withFlags(Map.of(
                Setting.L1_RPC_URL, Optional.ofNullable(l1RpcUrl),
                Setting.L1_KEY_FILE, Optional.ofNullable(l1KeyFile),
                Setting.L1_SIGNER_URL, Optional.ofNullable(l1SignerUrl),
                Setting.L1_ACCOUNT, Optional.ofNullable(l1Account),
                Setting.L2_KEY_FILE, Optional.ofNullable(l2KeyFile)));
    }
}
