package dev.thimble.cli.block;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.thimble.chain.Address;
import dev.thimble.chain.Block;
import dev.thimble.chain.BlockHeader;
import dev.thimble.chain.Bytes32;
import dev.thimble.chain.ChainState;
import dev.thimble.chain.Genesis;
import dev.thimble.chain.MalformedBlockException;
import dev.thimble.chain.MemoryContentStore;
import dev.thimble.contracts.L2Genesis;
import dev.thimble.ethereum.AnvilProcess;
import dev.thimble.ethereum.BlockReader;
import dev.thimble.ethereum.EthereumClient;
import dev.thimble.ethereum.PrivateKey;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** An L2 node that begins with our genesis file, its funded keys, and the same chain as Thimble sees it. */
final class AnvilRollup implements AutoCloseable {
    static final long CHAIN_ID = 31337;
    static final List<PrivateKey> KEYS = IntStream.rangeClosed(1, 8)
            .mapToObj(i ->
                    PrivateKey.parse(Bytes32.of(Bytes32.word(1_000_003L * i)).hex()))
            .toList();
    /**
     * Accounts that have a wei from the beginning: the precompiled contracts and four without code. Anvil 1.7.1 keeps an
     * empty account in its state when it is touched, which EIP-161 forbids; so tests touch none.
     */
    static final List<Address> INHABITED = IntStream.rangeClosed(1, 13)
            .mapToObj(i -> new Address(i < 10 ? "0x" + "0".repeat(39) + i : "0x77" + "0".repeat(37) + (i - 10)))
            .toList();

    static final PrivateKey OPERATOR = KEYS.getFirst();

    private final AnvilProcess node;
    private final EthereumClient client;
    private final BlockReader reader;
    private final Path genesisFile;
    private final Map<Address, Long> nonces = new HashMap<>();

    private AnvilRollup(AnvilProcess node, Path genesisFile) {
        this.node = node;
        this.client = node.client();
        this.reader = new BlockReader(client);
        this.genesisFile = genesisFile;
    }

    /** Starts a node; the test is skipped where there is none, unless CI=true. */
    static AnvilRollup start(Path folder) throws IOException {
        Optional<Path> anvil = AnvilProcess.locate();
        if (anvil.isEmpty() && "true".equals(System.getenv("CI"))) {
            fail("anvil is not installed: npm ci in services/ethereum");
        }
        assumeTrue(anvil.isPresent(), "anvil is not installed: npm ci in services/ethereum");
        Map<Address, BigInteger> balances = new LinkedHashMap<>();
        KEYS.forEach(key -> balances.put(key.address(), BigInteger.TEN.pow(21)));
        INHABITED.forEach(address -> balances.put(address, BigInteger.ONE));
        Path genesis = folder.resolve("genesis.json");
        Files.write(
                genesis,
                L2Genesis.file(
                        CHAIN_ID,
                        Instant.now().getEpochSecond(),
                        OPERATOR.address(),
                        BigInteger.TEN.pow(24),
                        balances));
        return new AnvilRollup(
                AnvilProcess.startFrom(
                        anvil.orElseThrow(),
                        genesis,
                        "--chain-id",
                        Long.toString(CHAIN_ID),
                        "--no-mining",
                        "--order",
                        "fifo"),
                genesis);
    }

    EthereumClient client() {
        return client;
    }

    String url() {
        return node.url().toString();
    }

    Path genesisFile() {
        return genesisFile;
    }

    /** Signs, sends and returns the nonce; a transaction that the node refuses does not use it up. */
    long send(PrivateKey from, DevTransaction transaction) {
        long nonce = nonces.getOrDefault(from.address(), 0L);
        client.sendRaw(transaction.sign(from, CHAIN_ID, nonce));
        nonces.put(from.address(), nonce + 1);
        return nonce;
    }

    /** Puts everything sent into a block and returns it. */
    Block mine() throws MalformedBlockException {
        client.rpc().call("evm_mine");
        return reader.read(client.blockNumber()).orElseThrow();
    }

    Block block(long number) throws MalformedBlockException {
        return reader.read(number).orElseThrow();
    }

    BlockHeader header(long number) throws MalformedBlockException {
        return reader.header(number).orElseThrow();
    }

    /** The chain at its genesis, as Thimble computes it. */
    ChainState chain() throws IOException, MalformedBlockException {
        return ChainState.atGenesis(
                Genesis.parse(Files.readAllBytes(genesisFile)), header(0), new MemoryContentStore());
    }

    @Override
    public void close() {
        node.close();
    }
}
