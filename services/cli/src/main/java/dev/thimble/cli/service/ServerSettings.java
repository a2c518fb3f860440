package dev.thimble.cli.service;

import dev.thimble.cli.block.GenesisFile;
import dev.thimble.cli.command.CommandFailure;
import dev.thimble.cli.command.Context;
import dev.thimble.cli.command.Setting;
import dev.thimble.cli.command.Settings;
import dev.thimble.cli.l1.L1Access;
import dev.thimble.ethereum.AnvilProcess;
import dev.thimble.http.PortTaken;
import dev.thimble.model.ChainId;
import dev.thimble.model.ProtocolVersion;
import dev.thimble.riscvcircuits.Profile;
import dev.thimble.server.BatchProgram;
import dev.thimble.server.Component;
import dev.thimble.server.DevelopmentNode;
import dev.thimble.server.HeaderChainProgram;
import dev.thimble.server.L2Node;
import dev.thimble.server.ProofCapacity;
import dev.thimble.server.SealCriterion;
import dev.thimble.server.ServerOptions;
import dev.thimble.server.StateTransitionProgram;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Turns settings into what the server wants. */
public final class ServerSettings {
    private static final Duration OFFER_LASTS = Duration.ofSeconds(60);
    private static final Set<Component> WITHOUT_L1 = EnumSet.complementOf(EnumSet.of(Component.L1));

    private ServerSettings() {}

    /** The options; without {@code --components} everything but l1, which {@link L1Access} adds. */
    static ServerOptions options(Settings settings, Context context) {
        var capacity = BatchCapacity.of(Profile.of(settings.text(Setting.PROFILE)));
        return new ServerOptions(
                components(settings),
                new ChainId(settings.number(Setting.L2_CHAIN_ID)),
                ProtocolVersion.CURRENT,
                program(settings, context),
                capacity,
                criteria(settings, capacity),
                ServiceOptions.address(settings, settings.port(Setting.API_PORT)),
                ServiceOptions.address(settings, settings.port(Setting.PROOF_DATA_PORT)),
                ServiceOptions.token(settings),
                OFFER_LASTS,
                ServerOptions.Kept.DEFAULT);
    }

    /**
     * For commands that run all components in one process.
     *
     * @throws CommandFailure if the settings name only some
     */
    public static void requireAll(Settings settings) {
        if (!components(settings).containsAll(WITHOUT_L1)) {
            throw CommandFailure.usage(
                    "up and demo run all components, but components = " + settings.text(Setting.COMPONENTS),
                    "Leave components out, or run thimble server and the others as processes of their own.");
        }
    }

    private static List<SealCriterion> criteria(Settings settings, ProofCapacity capacity) {
        return List.of(
                new SealCriterion.Provable(capacity),
                new SealCriterion.Blocks(
                        Math.toIntExact(Math.min(settings.number(Setting.BATCH_BLOCKS), Integer.MAX_VALUE))),
                new SealCriterion.Gas(settings.number(Setting.BATCH_GAS)),
                new SealCriterion.Cycles(settings.number(Setting.BATCH_CYCLES)),
                new SealCriterion.Rows(settings.number(Setting.BATCH_ROWS)),
                new SealCriterion.DataSize(settings.number(Setting.BATCH_DATA_BYTES)),
                new SealCriterion.Age(
                        Duration.ofSeconds(Math.min(settings.number(Setting.BATCH_SECONDS), Integer.MAX_VALUE))));
    }

    private static Set<Component> components(Settings settings) {
        String list = settings.text(Setting.COMPONENTS);
        if (list.isBlank()) {
            return WITHOUT_L1;
        }
        try {
            return Component.parse(list);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()), "See: thimble server --help");
        }
    }

    private static BatchProgram program(Settings settings, Context context) {
        var guests = context.root().resolve("guest/bin");
        var name = settings.text(Setting.BATCH_PROGRAM);
        try {
            if (name.equals(HeaderChainProgram.NAME)) {
                return HeaderChainProgram.of(guests.resolve(name + ".elf"));
            }
            var state = context.home().resolve("l2-state").resolve(settings.text(Setting.L2_CHAIN_ID));
            return StateTransitionProgram.of(guests, GenesisFile.require(settings, context.home()), state);
        } catch (IOException e) {
            throw CommandFailure.environment(
                    "PROGRAM_MISSING",
                    "the guest program " + guests.resolve(name + ".elf") + " cannot be read",
                    "Restore it: git checkout guest/bin");
        }
    }

    /** The node of the settings; our own is started where a component needs one. */
    static L2Node node(Settings settings, Path home, ChainId chain) {
        String url = settings.text(Setting.L2_RPC_URL);
        if (!url.isEmpty()) {
            try {
                return L2Node.External.at(URI.create(url));
            } catch (IllegalArgumentException e) {
                throw CommandFailure.usage("--l2-rpc-url " + url + " is not a URL", "");
            }
        }
        Path anvil = AnvilProcess.locate()
                .orElseThrow(() -> CommandFailure.environment(
                        "NO_L2_NODE",
                        "no L2 node: anvil was not found in THIMBLE_ANVIL, services/ethereum/node_modules or PATH",
                        "Run npm ci in services/ethereum (linux x86-64), install Foundry, or give --l2-rpc-url."));
        try {
            var folder = home.resolve("l2-node");
            var genesis = GenesisFile.find(settings, home);
            return genesis.isPresent()
                    ? DevelopmentNode.startFrom(anvil, folder, chain.value(), genesis.get())
                    : DevelopmentNode.start(anvil, folder, chain.value());
        } catch (IOException e) {
            throw CommandFailure.environment("NO_L2_NODE", String.valueOf(e.getMessage()), "");
        }
    }

    /** Names the flag of a taken port. */
    static CommandFailure portTaken(PortTaken e, Settings settings) {
        int port = e.address().port();
        String flag = "--prometheus-port";
        if (port == settings.port(Setting.API_PORT)) {
            flag = "--api-port";
        } else if (port == settings.port(Setting.PROOF_DATA_PORT)) {
            flag = "--proof-data-port";
        }
        return CommandFailure.environment(
                "PORT_TAKEN",
                "port " + port + " (" + flag + ") of " + e.address().host()
                        + " cannot be had; another process may listen there",
                "Stop that process or give another " + flag + ".");
    }
}
