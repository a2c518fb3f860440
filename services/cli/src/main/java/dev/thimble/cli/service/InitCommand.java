package dev.thimble.cli.service;

import dev.thimble.chain.Address;
import dev.thimble.cli.command.CommandFailure;
import dev.thimble.cli.command.Context;
import dev.thimble.cli.command.Outcome;
import dev.thimble.cli.command.Setting;
import dev.thimble.cli.command.Task;
import dev.thimble.cli.l1.L1Access;
import dev.thimble.cli.l1.L1Flags;
import dev.thimble.cli.l1.L1Options;
import dev.thimble.cli.proving.ProvingOptions;
import dev.thimble.model.ProtocolVersion;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code init}: database, tables, store and keys, with {@code --l1} the contracts; doing it again changes nothing. */
@Command(
        name = "init",
        description = "Prepare database, object store, keys and (--l1) contracts; changes nothing that is there.")
public final class InitCommand implements Task {
    /** What is prepared now; {@code l1} is null without {@code --l1}. */
    record Report(
            String home,
            String database,
            String objectStore,
            String protocolVersion,
            String vkSet,
            L1Init.@Nullable Report l1) {}

    @Mixin
    private ProvingOptions proving = new ProvingOptions();

    @Mixin
    private ServiceOptions services = new ServiceOptions();

    @Mixin
    private L1Flags l1Flags = new L1Flags();

    @Option(names = "--l1", paramLabel = "URL", description = "Deploy verifier and contract by this L1 node.")
    private @Nullable String l1;

    @Option(names = "--snark-key", paramLabel = "FILE", description = "verification_key.json for the verifier.")
    private @Nullable String snarkKey;

    @Option(names = "--l1-owner", paramLabel = "ADDRESS", description = "Who may change verifier and operator.")
    private @Nullable String owner;

    @Option(names = "--message-deadline", paramLabel = "SECONDS", description = "For deposits: ${DEFAULT-VALUE}.")
    private long messageDeadlineSeconds = 86_400;

    @Option(names = "--l2-rpc-url", paramLabel = "URL", description = "The L2 node; default: our own anvil.")
    private @Nullable String l2RpcUrl;

    @Option(names = "--l2-chain-id", paramLabel = "ID", description = "Its chain id (default 271).")
    private @Nullable String l2ChainId;

    @Option(names = "--l2-genesis", paramLabel = "F", description = "Its genesis.json; made for our own anvil.")
    private @Nullable String l2Genesis;

    @Option(names = "--yes", description = "Agree to forget a contract that is gone with its development L1.")
    private boolean yes;

    @Override
    public Outcome run(Context context) {
        var settings = l1Flags.over(services.over(proving.over(context.settings())))
                .withFlags(Map.of(
                        Setting.SNARK_KEY, Optional.ofNullable(snarkKey),
                        Setting.L1_RPC_URL, Optional.ofNullable(l1),
                        Setting.L2_RPC_URL, Optional.ofNullable(l2RpcUrl),
                        Setting.L2_CHAIN_ID, Optional.ofNullable(l2ChainId),
                        Setting.L2_GENESIS, Optional.ofNullable(l2Genesis)));
        var owning = Optional.ofNullable(owner).map(text -> L1Options.address("--l1-owner", text));
        if (l1 != null) {
            L1Init.requireKey(context, settings);
        }
        try (var progress = context.terminal().progress();
                var station = Station.open(context, settings, progress, "init")) {
            var onL1 =
                    Optional.ofNullable(l1).map(url -> new L1Init(station, settings, L1Access.url("--l1", url), yes));
            station.site();
            return outcome(station, onL1.map(init -> deploy(init, owning)));
        }
    }

    private L1Init.Report deploy(L1Init init, Optional<Address> owning) {
        if (messageDeadlineSeconds < 1) {
            throw CommandFailure.usage("--message-deadline must be at least 1 but is " + messageDeadlineSeconds, "");
        }
        return init.run(owning, Duration.ofSeconds(messageDeadlineSeconds));
    }

    private static Outcome outcome(Station station, Optional<L1Init.Report> onL1) {
        var version = station.status().versions().stream()
                .filter(known -> known.version().equals(ProtocolVersion.CURRENT))
                .findFirst()
                .orElseThrow();
        var prepared = station.report("ready");
        var report = new Report(
                station.context().home().toString(),
                prepared.database(),
                prepared.store(),
                ProtocolVersion.CURRENT.toString(),
                version.vkSetDigest(),
                onL1.orElse(null));
        return Outcome.done(
                report,
                "home               " + report.home() + "\ndatabase           " + report.database()
                        + "\nobject store       " + report.objectStore() + "\nprotocol version   "
                        + report.protocolVersion() + "\nverification keys  " + report.vkSet()
                        + onL1.map(found -> "\n" + found.text()).orElse(""));
    }
}
