package dev.thimble.cli.service;

import dev.thimble.cli.command.Setting;
import dev.thimble.cli.command.Settings;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of {@code server} alone. */
public final class ServerFlags {
    @Option(names = "--components", paramLabel = "A,B,…", description = "What runs here; default: everything.")
    private @Nullable String components;

    @Option(names = "--api-port", paramLabel = "PORT", description = "JSON-RPC and web page (default 3050).")
    private @Nullable String apiPort;

    @Option(names = "--proof-data-port", paramLabel = "PORT", description = "For gateways (default 3320).")
    private @Nullable String proofDataPort;

    @Option(names = "--l2-rpc-url", paramLabel = "URL", description = "The L2 node; default: our own anvil.")
    private @Nullable String l2RpcUrl;

    @Option(names = "--l2-chain-id", paramLabel = "ID", description = "Its chain id (default 271).")
    private @Nullable String l2ChainId;

    @Option(names = "--l2-genesis", paramLabel = "F", description = "Its genesis.json; made for our own anvil.")
    private @Nullable String l2Genesis;

    @Option(names = "--batch-program", paramLabel = "NAME", description = "stf (default) or header-chain.")
    private @Nullable String batchProgram;

    @Option(names = "--batch-blocks", paramLabel = "N", description = "Most blocks of a batch.")
    private @Nullable String batchBlocks;

    @Option(names = "--batch-gas", paramLabel = "N", description = "Most gas of a batch.")
    private @Nullable String batchGas;

    @Option(names = "--batch-cycles", paramLabel = "N", description = "Most instructions of a batch.")
    private @Nullable String batchCycles;

    @Option(names = "--batch-rows", paramLabel = "N", description = "Most rows of MAIN_VM of a batch.")
    private @Nullable String batchRows;

    @Option(names = "--batch-data-bytes", paramLabel = "N", description = "Most data of a batch.")
    private @Nullable String batchDataBytes;

    @Option(names = "--batch-seconds", paramLabel = "N", description = "Longest wait for a batch.")
    private @Nullable String batchSeconds;

    /** The settings with these flags on top. */
    public Settings over(Settings settings) {
        return settings.withFlags(Map.ofEntries(
                flag(Setting.COMPONENTS, components),
                flag(Setting.API_PORT, apiPort),
                flag(Setting.PROOF_DATA_PORT, proofDataPort),
                flag(Setting.L2_RPC_URL, l2RpcUrl),
                flag(Setting.L2_CHAIN_ID, l2ChainId),
                flag(Setting.L2_GENESIS, l2Genesis),
                flag(Setting.BATCH_PROGRAM, batchProgram),
                flag(Setting.BATCH_BLOCKS, batchBlocks),
                flag(Setting.BATCH_GAS, batchGas),
                flag(Setting.BATCH_CYCLES, batchCycles),
                flag(Setting.BATCH_ROWS, batchRows),
                flag(Setting.BATCH_DATA_BYTES, batchDataBytes),
                flag(Setting.BATCH_SECONDS, batchSeconds)));
    }

    private static Map.Entry<Setting, Optional<String>> flag(Setting setting, @Nullable String text) {
        return Map.entry(setting, Optional.ofNullable(text));
    }
}
