package dev.thimble.cli.l1;

import dev.thimble.cli.command.CommandFailure;
import dev.thimble.cli.command.Setting;
import dev.thimble.cli.command.Settings;
import dev.thimble.ethereum.DevelopmentAccounts;
import dev.thimble.ethereum.EthereumClient;
import dev.thimble.ethereum.JsonRpc;
import dev.thimble.ethereum.SignerException;
import dev.thimble.jobqueue.QueueDatabase;
import dev.thimble.jobqueue.QueueStatus;
import dev.thimble.l1.DeployedChain;
import dev.thimble.l1.DeploymentCheck;
import dev.thimble.l1.Deployments;
import dev.thimble.l1.FeePolicy;
import dev.thimble.l1.L1Failure;
import dev.thimble.l1.VerifierParams;
import dev.thimble.model.ProtocolVersion;
import dev.thimble.server.Component;
import dev.thimble.server.HeaderChainProgram;
import dev.thimble.server.L1Connection;
import dev.thimble.server.ServerOptions;
import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;

/** Finds the contract that {@code init --l1} made, and the node and keys to serve it with. */
public final class L1Access {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration INTERVAL = Duration.ofSeconds(6);
    private static final Duration DEVELOPMENT_INTERVAL = Duration.ofMillis(300);
    private static final BigInteger GWEI = BigInteger.TEN.pow(9);

    private L1Access() {}

    /** What was deployed for the chain of the settings. */
    public static Optional<DeployedChain> deployed(Settings settings, QueueDatabase database) {
        try {
            return new Deployments(database).find(settings.number(Setting.L2_CHAIN_ID));
        } catch (L1Failure e) {
            throw failure(e);
        }
    }

    /** The node of the settings, or the one by which the chain was deployed. */
    public static URI url(Settings settings, DeployedChain chain) {
        var given = settings.text(Setting.L1_RPC_URL);
        return given.isEmpty() ? chain.url() : url("--l1-rpc-url", given);
    }

    /** A node's URL as an option gives it; it may hold a secret, so the complaint does not repeat it. */
    public static URI url(String option, String text) {
        var complaint = CommandFailure.usage(option + " is not a http or https URL", "");
        try {
            var url = new URI(text);
            if (url.getHost() != null && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
                return url;
            }
        } catch (URISyntaxException e) {
            throw complaint;
        }
        throw complaint;
    }

    /** A client whose calls end soon enough for a process that is told to stop. */
    public static EthereumClient client(URI url) {
        return new EthereumClient(new JsonRpc(url, TIMEOUT));
    }

    /**
     * The digests of the keys that batches are proven under now.
     *
     * @throws CommandFailure NO_KEYS before {@code init}
     */
    public static VerifierParams params(QueueDatabase database) {
        return new QueueStatus(database)
                .versions().stream()
                        .filter(known -> known.version().equals(ProtocolVersion.CURRENT))
                        .map(known -> VerifierParams.ofBasicKeys(known.vkSetDigest()))
                        .findFirst()
                        .orElseThrow(() -> CommandFailure.environment(
                                "NO_KEYS",
                                "the database has no keys of protocol version " + ProtocolVersion.CURRENT,
                                "Run thimble init."));
    }

    /**
     * The server's components: with l1, if nothing else was asked for, where the chain has a contract.
     *
     * @throws CommandFailure L1_NOT_DEPLOYED if l1 is asked for and there is none
     */
    public static ServerOptions withComponent(ServerOptions options, Settings settings, boolean deployed) {
        boolean provable = !options.program().name().equals(HeaderChainProgram.NAME);
        if (settings.text(Setting.COMPONENTS).isBlank()) {
            return deployed && provable ? options.with(EnumSet.allOf(Component.class)) : options;
        }
        if (!options.components().contains(Component.L1)) {
            return options;
        }
        if (!provable) {
            throw CommandFailure.usage("the component l1 needs --batch-program stf", "");
        }
        if (!deployed) {
            throw CommandFailure.environment(
                    "L1_NOT_DEPLOYED",
                    "chain " + options.chain() + " has no contract on L1",
                    "Run thimble init --l1 URL, or leave l1 out of --components.");
        }
        return options;
    }

    /** How the server reaches L1; with keys only where its component l1 runs. */
    public static Optional<L1Connection> connection(Settings settings, QueueDatabase database, ServerOptions options) {
        return deployed(settings, database).map(chain -> {
            DeploymentCheck check = chain.check(params(database));
            long l1ChainId = chain.deployment().l1ChainId();
            boolean runs = options.components().contains(Component.L1);
            var keys = new OperatorKeys(settings, l1ChainId);
            return new L1Connection(
                    client(url(settings, chain)),
                    check,
                    runs ? Optional.of(keys.onL1()) : Optional.empty(),
                    runs ? keys.onL2() : Optional.empty(),
                    fees(settings),
                    l1ChainId == DevelopmentAccounts.CHAIN_ID ? DEVELOPMENT_INTERVAL : INTERVAL);
        });
    }

    public static FeePolicy fees(Settings settings) {
        var limit = BigInteger.valueOf(settings.number(Setting.L1_MAX_FEE_GWEI)).multiply(GWEI);
        return new FeePolicy(FeePolicy.DEFAULT.patience(), FeePolicy.DEFAULT.raisePercent(), limit);
    }

    /** A signer that does not sign. */
    public static CommandFailure signerRefused(SignerException e) {
        return CommandFailure.environment(
                "SIGNER_REFUSED",
                String.valueOf(e.getMessage()),
                "Nothing was sent. Check the signer's rules, and that it has this account.");
    }

    public static CommandFailure failure(L1Failure e) {
        return CommandFailure.environment(
                "L1_FAILURE", String.valueOf(e.getMessage()), "See docs/operations.md, \"L1\".");
    }
}
