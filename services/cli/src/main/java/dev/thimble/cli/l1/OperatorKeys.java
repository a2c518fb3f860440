package dev.thimble.cli.l1;

import dev.thimble.chain.Address;
import dev.thimble.cli.command.CommandFailure;
import dev.thimble.cli.command.Setting;
import dev.thimble.cli.command.Settings;
import dev.thimble.ethereum.DevelopmentAccounts;
import dev.thimble.ethereum.JsonRpc;
import dev.thimble.ethereum.PrivateKey;
import dev.thimble.ethereum.RemoteSigner;
import dev.thimble.ethereum.TransactionSigner;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The accounts that act for the operator: of a key file or a remote signer. On a development L1 an account of development nodes is the
 * default; its key is published, so it is refused on every other chain and in production.
 */
public final class OperatorKeys {
    private final Settings settings;
    private final boolean development;

    public OperatorKeys(Settings settings, long l1ChainId) {
        this.settings = settings;
        this.development = l1ChainId == DevelopmentAccounts.CHAIN_ID && !isProduction(settings);
    }

    public static boolean isProduction(Settings settings) {
        return settings.text(Setting.PRODUCTION).equals("true");
    }

    /**
     * Who commits, proves and executes.
     *
     * @throws CommandFailure NO_L1_KEY, KEY_UNUSABLE or DEVELOPMENT_KEY
     */
    public TransactionSigner onL1() {
        var signer = settings.text(Setting.L1_SIGNER_URL);
        var file = settings.text(Setting.L1_KEY_FILE);
        if (!signer.isEmpty()) {
            return accepted(remote(signer));
        }
        if (!file.isEmpty()) {
            return accepted(read(file));
        }
        if (development) {
            return DevelopmentAccounts.OPERATOR;
        }
        throw CommandFailure.environment(
                "NO_L1_KEY",
                "there is no key of the operator's account on L1",
                "Give --l1-key-file FILE (mode 600), or --l1-signer-url URL with --l1-account ADDRESS.");
    }

    /** Who carries deposits to L2, if its key is here. */
    Optional<TransactionSigner> onL2() {
        var file = settings.text(Setting.L2_KEY_FILE);
        if (!file.isEmpty()) {
            return Optional.of(accepted(read(file)));
        }
        return development ? Optional.of(DevelopmentAccounts.OPERATOR) : Optional.empty();
    }

    /** Refuses an account whose key everybody has. */
    public void requireUnpublished(String what, Address account) {
        if (!development && DevelopmentAccounts.isPublished(account)) {
            throw CommandFailure.environment(
                    "DEVELOPMENT_KEY",
                    what + " is " + account + ", an account of development nodes: everybody has its key",
                    "Use an account of your own; this one is for an L1 with chain id " + DevelopmentAccounts.CHAIN_ID
                            + " and not for production.");
        }
    }

    private TransactionSigner accepted(TransactionSigner signer) {
        requireUnpublished("the operator's account", signer.address());
        return signer;
    }

    private TransactionSigner remote(String url) {
        var account = settings.text(Setting.L1_ACCOUNT);
        if (account.isEmpty()) {
            throw CommandFailure.usage("--l1-signer-url needs --l1-account, the account that it signs for", "");
        }
        return new RemoteSigner(new JsonRpc(L1Access.url("--l1-signer-url", url)), new Address(account));
    }

    /**
     * The key of a file.
     *
     * @throws CommandFailure KEY_UNUSABLE
     */
    static TransactionSigner read(String file) {
        try {
            return PrivateKey.fromFile(Path.of(file));
        } catch (IOException | InvalidPathException e) {
            throw CommandFailure.environment(
                    "KEY_UNUSABLE",
                    "the key file " + file + " cannot be used: " + e.getMessage(),
                    "It holds 64 hex digits and only its owner may read it.");
        }
    }
}
