package dev.thimble.server;

import dev.thimble.chain.Genesis;
import dev.thimble.chain.Hex;
import dev.thimble.chain.Rlp;
import dev.thimble.chain.TrieBuilder;
import dev.thimble.ethereum.AnvilProcess;
import dev.thimble.ethereum.EthereumClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * An anvil of our own that ends with this process, however that ends. Its state is kept in a folder, so that the next start
 * goes on with the same chain; if it ends by itself it is started again.
 */
public final class DevelopmentNode implements L2Node {
    private static final Logger LOG = LoggerFactory.getLogger(DevelopmentNode.class);

    private static final int PREDECESSOR_SECONDS = 20;

    private static final int GAS_LIMIT = 9;
    private static final int TIMESTAMP = 11;
    private static final int BASE_FEE = 15;

    private final Path anvil;
    private final Path folder;
    private final long chainId;
    private final @Nullable Path genesis;
    private final FileChannel lock;
    private @Nullable AnvilProcess process;
    private @Nullable EthereumClient client;
    private boolean closed;

    private DevelopmentNode(Path anvil, Path folder, long chainId, @Nullable Path genesis, FileChannel lock) {
        this.anvil = anvil;
        this.folder = folder;
        this.chainId = chainId;
        this.genesis = genesis;
        this.lock = lock;
    }

    /**
     * Starts a node whose chain begins with a genesis file and obeys Ethereum's rules, so that it can be executed.
     *
     * @param genesis what the chain begins with; has to stay as it is
     * @throws IOException as {@link #start(Path, Path, long)}
     */
    public static DevelopmentNode startFrom(Path anvil, Path folder, long chainId, Path genesis) throws IOException {
        return open(anvil, folder, chainId, genesis);
    }

    /**
     * Starts a node on anvil's own genesis, with its development accounts.
     *
     * @param anvil the program
     * @param folder holds its state; used by one process at a time
     * @throws IOException if another process uses the folder, or the node does not start
     */
    public static DevelopmentNode start(Path anvil, Path folder, long chainId) throws IOException {
        return open(anvil, folder, chainId, null);
    }

    private static DevelopmentNode open(Path anvil, Path folder, long chainId, @Nullable Path genesis)
            throws IOException {
        Files.createDirectories(folder);
        FileChannel lock =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        DevelopmentNode node = new DevelopmentNode(anvil, folder, chainId, genesis, lock);
        try {
            if (!isFree(lock)) {
                throw new IOException("another process runs the L2 node in " + folder
                        + "; stop it, or use its server's JSON-RPC as --l2-rpc-url");
            }
            node.startProcess();
            return node;
        } catch (IOException e) {
            lock.close();
            throw e;
        }
    }

    private static boolean isFree(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private void startProcess() throws IOException {
        Path state = folder.resolve("state.json");
        awaitPredecessor(state);
        keepOrRestore(state, folder.resolve("state.before.json"));
        if (genesis != null && !Files.exists(state)) {
            begin(state, genesis);
        }
        List<String> options = new ArrayList<>(List.of("--chain-id", Long.toString(chainId)));
        options.addAll(List.of("--state", state.toString(), "--state-interval", "1"));
        options.addAll(genesis == null ? List.of("--timestamp", genesisTimestamp()) : sameBlock0(genesis));
        AnvilProcess started = AnvilProcess.start(anvil, options.toArray(String[]::new));
        process = started;
        EthereumClient answering = started.client();
        keepTimestampsApart(answering);
        client = answering;
        LOG.info("the L2 node (anvil, chain {}) listens on {}", chainId, started.url());
    }

    /** The node of a killed process writes its state while it ends: two must not have the same file. */
    private static void awaitPredecessor(Path state) throws IOException {
        List<ProcessHandle> old = ProcessHandle.allProcesses()
                .filter(other -> other.info().commandLine().orElse("").contains(" " + state + " "))
                .toList();
        for (ProcessHandle other : old) {
            LOG.info("waiting for the node of a former run, process {}, to end", other.pid());
            other.destroy();
            try {
                other.onExit().get(PREDECESSOR_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                throw new IOException(
                        "the L2 node of a former run, process " + other.pid() + ", does not end: end it", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while a former L2 node ended", e);
            }
        }
    }

    /** Block 0's time, chosen once: anvil makes its own block 0 at every start, with a state or without, and it has to be the same. */
    private String genesisTimestamp() throws IOException {
        Path file = folder.resolve("genesis-timestamp");
        if (!Files.exists(file)) {
            Path fresh = folder.resolve("genesis-timestamp.new");
            Files.writeString(fresh, Long.toString(Instant.now().getEpochSecond()));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return Files.readString(file).strip();
    }

    /** Anvil makes a block 0 of its own beside that of the state, and may take either one later: so it has to be the same. */
    private static List<String> sameBlock0(Path file) throws IOException {
        List<Rlp.Item> header = Rlp.decode(Genesis.parse(Files.readAllBytes(file))
                        .header(TrieBuilder.EMPTY_ROOT)
                        .rlp())
                .items();
        return List.of(
                "--accounts",
                "0",
                "--gas-limit",
                header.get(GAS_LIMIT).number().toString(),
                "--timestamp",
                header.get(TIMESTAMP).number().toString(),
                "--base-fee",
                header.get(BASE_FEE).number().toString());
    }

    /** The next block is of now, or a second after the last one; those that follow are at least a second apart. */
    private static void keepTimestampsApart(EthereumClient client) {
        long last = Hex.parseQuantity(client.block("latest").path("timestamp").asString())
                .longValueExact();
        client.rpc().call("anvil_setBlockTimestampInterval", 1);
        client.rpc()
                .call(
                        "evm_setNextBlockTimestamp",
                        Math.max(last + 1, Instant.now().getEpochSecond()));
    }

    /** Makes the state of a chain of block 0 alone: anvil takes a genesis file or a state file, never both. */
    private void begin(Path state, Path file) throws IOException {
        try (AnvilProcess first = AnvilProcess.startFrom(anvil, file, "--chain-id", Long.toString(chainId))) {
            byte[] dump =
                    Hex.parseData(first.client().rpc().call("anvil_dumpState").asString());
            Path part = state.resolveSibling("state.part.json");
            try (InputStream json = new GZIPInputStream(new ByteArrayInputStream(dump))) {
                Files.copy(json, part, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.move(part, state, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Copies a state that is whole; brings the copy back if a stopped machine left a state cut short. */
    private static void keepOrRestore(Path state, Path copy) throws IOException {
        if (!Files.exists(state)) {
            return;
        }
        if (isWhole(state)) {
            Files.copy(state, copy, StandardCopyOption.REPLACE_EXISTING);
            return;
        }
        LOG.warn("{} is not whole: going on from {}", state, copy);
        Files.move(state, state.resolveSibling("state.broken.json"), StandardCopyOption.REPLACE_EXISTING);
        if (Files.exists(copy)) {
            Files.copy(copy, state);
        }
    }

    /** Whether a file is one JSON object from its first to its last byte; an empty one is not. */
    private static boolean isWhole(Path json) {
        try (JsonParser parser = JsonMapper.shared().createParser(json.toFile())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (JacksonException e) {
            LOG.debug("{} cannot be read", json, e);
            return false;
        }
    }

    @Override
    public synchronized EthereumClient client() {
        if (closed) {
            throw new UncheckedIOException(new IOException("the L2 node is stopped"));
        }
        EthereumClient current = client;
        if (process != null && process.isAlive() && current != null) {
            return current;
        }
        try {
            LOG.warn("the L2 node has ended: starting it again");
            startProcess();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return client();
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (process != null) {
            process.close();
        }
        try {
            lock.close();
        } catch (IOException e) {
            LOG.debug("the lock of {} was not closed", folder, e);
        }
    }
}
