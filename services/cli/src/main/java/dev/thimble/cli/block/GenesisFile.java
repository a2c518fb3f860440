package dev.thimble.cli.block;

import dev.thimble.chain.Address;
import dev.thimble.chain.Genesis;
import dev.thimble.chain.Hex;
import dev.thimble.cli.command.CommandFailure;
import dev.thimble.cli.command.Setting;
import dev.thimble.cli.command.Settings;
import dev.thimble.contracts.L2Genesis;
import dev.thimble.ethereum.DevelopmentAccounts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The file that the L2 chain begins with: the given one, or for our own node one that its first start makes. */
public final class GenesisFile {
    private static final BigInteger FUNDS_WEI = BigInteger.TEN.pow(22);
    private static final BigInteger BRIDGED_SUPPLY_WEI = BigInteger.TEN.pow(24);

    /**
     * The receiver of fees and the precompiled contracts own a wei: anvil 1.7.1 keeps an account that is touched while it is
     * empty, which EIP-161 forbids.
     */
    private static final int INHABITED = 11;

    private GenesisFile() {}

    /** The file, if the settings name one or our own node has one. */
    public static Optional<Path> find(Settings settings, Path home) {
        var given = settings.text(Setting.L2_GENESIS);
        var own = own(home);
        if (!given.isEmpty()) {
            return Optional.of(Path.of(given));
        }
        return settings.text(Setting.L2_RPC_URL).isEmpty() && Files.exists(own) ? Optional.of(own) : Optional.empty();
    }

    /**
     * The genesis; made if our own node has not begun yet.
     *
     * @throws CommandFailure if there is none, or it cannot be read
     */
    public static Genesis require(Settings settings, Path home) {
        var file = find(settings, home).orElseGet(() -> make(settings, home));
        try {
            var genesis = Genesis.parse(Files.readAllBytes(file));
            if (genesis.chainId() != settings.number(Setting.L2_CHAIN_ID)) {
                throw CommandFailure.environment(
                        "GENESIS_MISMATCH",
                        file + " is of chain " + genesis.chainId(),
                        "Give that chain's --l2-chain-id, or another --l2-genesis or --home.");
            }
            return genesis;
        } catch (IOException | IllegalArgumentException e) {
            throw CommandFailure.environment(
                    "GENESIS_MALFORMED",
                    file + " is no genesis file: " + e.getMessage(),
                    "Give a standard genesis.json.");
        }
    }

    private static Path own(Path home) {
        return home.resolve("l2-node").resolve("genesis.json");
    }

    private static Path make(Settings settings, Path home) {
        if (!settings.text(Setting.L2_RPC_URL).isEmpty()) {
            throw CommandFailure.usage(
                    "--l2-rpc-url needs --l2-genesis, the genesis.json that this node was started from",
                    "Or give --batch-program header-chain, which proves headers alone.");
        }
        var file = own(home);
        if (Files.exists(file.resolveSibling("state.json"))) {
            throw CommandFailure.environment(
                    "GENESIS_MISSING",
                    "the chain in " + file.getParent() + " did not begin with a genesis file and cannot be executed",
                    "Give another --home, or --batch-program header-chain.");
        }
        try {
            Files.createDirectories(file.getParent());
            var part = file.resolveSibling("genesis.json.part");
            Files.write(part, content(settings.number(Setting.L2_CHAIN_ID)));
            return Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] content(long chainId) {
        Map<Address, BigInteger> balances = new LinkedHashMap<>();
        IntStream.range(0, INHABITED)
                .forEach(i -> balances.put(Address.of(Hex.toBytes(BigInteger.valueOf(i), 20)), BigInteger.ONE));
        var operator = DevelopmentAccounts.OPERATOR.address();
        List.of(DevelopmentAccounts.OWNER, DevelopmentAccounts.OPERATOR, DevelopmentAccounts.USER)
                .forEach(key -> balances.put(key.address(), FUNDS_WEI));
        return L2Genesis.file(chainId, Instant.now().getEpochSecond(), operator, BRIDGED_SUPPLY_WEI, balances);
    }
}
