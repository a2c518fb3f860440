package dev.thimble.ethereum;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A development node (Foundry's anvil) on a free port of the loopback interface. It ends with {@link #close} and, by
 * {@code setpriv --pdeathsig}, when this process is killed. Its block rules are Cancun's unless told otherwise.
 */
public final class AnvilProcess implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("Listening on (\\S+)");
    private static final String PACKAGE_PATH = "services/ethereum/node_modules/@foundry-rs/anvil-linux-amd64/bin/anvil";

    private final CompletableFuture<URI> url = new CompletableFuture<>();
    private final CompletableFuture<Process> process = new CompletableFuture<>();
    private final Thread keeper;

    private AnvilProcess(List<String> command) {
        // The death signal follows the thread that starts the child, so this thread lives as long as the child.
        keeper = Thread.ofPlatform().daemon().name("anvil").start(() -> run(command));
    }

    /**
     * Starts a node and waits until it answers.
     *
     * @param options further anvil options, for example {@code --chain-id 31338}
     * @throws IOException if it does not start within 20 seconds
     */
    public static AnvilProcess start(Path anvil, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of("setpriv", "--pdeathsig", "TERM", anvil.toString()));
        command.addAll(List.of("--host", "127.0.0.1", "--port", "0", "--hardfork", "cancun"));
        command.addAll(List.of(options));
        AnvilProcess node = new AnvilProcess(command);
        try {
            node.url.get(20, TimeUnit.SECONDS);
            return node;
        } catch (ExecutionException | TimeoutException e) {
            node.close();
            throw new IOException("anvil did not start (" + String.join(" ", command) + "): " + e.getMessage(), e);
        } catch (InterruptedException e) {
            node.close();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while anvil started", e);
        }
    }

    /**
     * Starts a node whose chain begins with a genesis file and obeys Ethereum's rules: anvil by itself funds accounts, and
     * gives blocks of the same second the same timestamp. The file's base fee has to be at most 7 wei, below which the
     * fee rule does not change it: anvil gives block 1 the same base fee as block 0.
     *
     * @throws IOException if it does not start within 20 seconds
     */
    public static AnvilProcess startFrom(Path anvil, Path genesis, String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of("--init", genesis.toString(), "--accounts", "0"));
        all.addAll(List.of(options));
        AnvilProcess node = start(anvil, all.toArray(String[]::new));
        node.client().rpc().call("anvil_setBlockTimestampInterval", 1);
        return node;
    }

    /**
     * Looks for the program: {@code THIMBLE_ANVIL}, {@code tools/anvil} beside the distribution's {@code lib} folder,
     * the npm package in a source checkout (the launcher's, or the one around the working directory), {@code PATH}.
     */
    public static Optional<Path> locate() {
        List<Path> candidates = new ArrayList<>();
        Optional.ofNullable(System.getenv("THIMBLE_ANVIL")).map(Path::of).ifPresent(candidates::add);
        Optional.ofNullable(System.getProperty("thimble.dist"))
                .map(dist -> Path.of(dist, "tools", "anvil"))
                .ifPresent(candidates::add);
        Optional.ofNullable(System.getProperty("thimble.root"))
                .map(root -> Path.of(root, PACKAGE_PATH))
                .ifPresent(candidates::add);
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            candidates.add(folder.resolve(PACKAGE_PATH));
        }
        Pattern.compile(":")
                .splitAsStream(System.getenv().getOrDefault("PATH", ""))
                .map(folder -> Path.of(folder, "anvil"))
                .forEach(candidates::add);
        return candidates.stream().filter(Files::isExecutable).findFirst();
    }

    /** Where it listens. */
    public URI url() {
        return url.join();
    }

    /** Whether it has not ended. */
    public boolean isAlive() {
        return process.isDone()
                && !process.isCompletedExceptionally()
                && process.join().isAlive();
    }

    /** A client of it. */
    public EthereumClient client() {
        return new EthereumClient(url());
    }

    /** Ends it and waits for the end. */
    @Override
    public void close() {
        if (process.isCompletedExceptionally()) {
            return;
        }
        Process child = process.join();
        child.destroy();
        try {
            if (!child.waitFor(5, TimeUnit.SECONDS)) {
                child.destroyForcibly().waitFor();
            }
            keeper.join(5000);
        } catch (InterruptedException e) {
            child.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void run(List<String> command) {
        try {
            Process child =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.complete(child);
            try (BufferedReader output = child.inputReader(StandardCharsets.UTF_8)) {
                readUntilEnd(output);
            }
        } catch (IOException e) {
            process.completeExceptionally(e);
            url.completeExceptionally(e);
        }
    }

    private void readUntilEnd(BufferedReader output) throws IOException {
        String last = "no output";
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher matcher = LISTENING.matcher(line);
            if (matcher.find()) {
                url.complete(URI.create("http://" + matcher.group(1)));
            }
            last = line.isBlank() ? last : line;
        }
        url.completeExceptionally(new IOException("it ended: " + last));
    }
}
