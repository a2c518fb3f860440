package dev.thimble.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A command that runs until it is stopped, as a child process; it is ready when its JSON line is there. */
final class ServiceProcess implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    /** A prefix for commands that get SIGINT: a test that runs in the background hands down that it is ignored. */
    static final List<String> HEARS_INTERRUPTS = List.of("env", "--default-signal=INT");

    final Process process;
    private final Path out;
    private final Path err;

    private ServiceProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Needs anvil; the test is skipped without it, except in CI. */
    static void assumeAnvil() {
        var anvil = Repository.ROOT.resolve("services/ethereum/node_modules/@foundry-rs/anvil-linux-amd64/bin/anvil");
        if (!Boolean.parseBoolean(System.getenv("CI"))) {
            assumeTrue(Files.isExecutable(anvil), "anvil is not installed (npm ci in services/ethereum)");
        }
    }

    /** Starts it, with {@code --json}, and returns at once. */
    static ServiceProcess start(Launcher launcher, String... arguments) throws IOException {
        return start(launcher, List.of(), arguments);
    }

    /** Starts it behind a prefix command. */
    static ServiceProcess start(Launcher launcher, List<String> prefix, String... arguments) throws IOException {
        var out = Files.createTempFile(launcher.folder(), arguments[0] + "-", ".out");
        var err = Path.of(out.toString().replace(".out", ".err"));
        var json = Stream.concat(Stream.of(arguments), Stream.of("--json")).toArray(String[]::new);
        return new ServiceProcess(launcher.start(prefix, out, err, json), out, err);
    }

    /** What it says once it is ready. */
    JsonNode ready() throws Exception {
        var end = Instant.now().plus(PATIENCE);
        while (!output().endsWith("\n")) {
            assertThat(process.isAlive()).as(toString()).isTrue();
            assertThat(Instant.now()).as(toString()).isBefore(end);
            Thread.sleep(50);
        }
        return json();
    }

    /** Its one JSON object. */
    JsonNode json() throws IOException {
        assertThat(output().lines()).as(toString()).hasSize(1);
        return JsonMapper.shared().readTree(output());
    }

    URI url(String name) throws Exception {
        return URI.create(ready().path("urls").path(name).asString());
    }

    String output() throws IOException {
        return Files.readString(out);
    }

    String log() throws IOException {
        return Files.readString(err);
    }

    /** Ends it by SIGTERM; returns its exit code, which has to come within 30 seconds. */
    int terminate() throws Exception {
        return end("TERM");
    }

    /** Ends it by a signal; returns its exit code, which has to come within 30 seconds. */
    int end(String signal) throws Exception {
        new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start().waitFor();
        assertThat(process.waitFor(30, TimeUnit.SECONDS))
                .as("ends within 30 s: " + this)
                .isTrue();
        return process.exitValue();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** The nodes that it has started. */
    List<ProcessHandle> nodes() {
        return process.descendants()
                .filter(child -> child.info().command().orElse("").endsWith("/anvil"))
                .toList();
    }

    /** Waits until a process that it started has ended; one that nobody has fetched the exit code of yet counts. */
    static void awaitEnd(ProcessHandle started) throws Exception {
        var end = Instant.now().plus(Duration.ofSeconds(20));
        var status = Path.of("/proc", "" + started.pid(), "stat");
        while (started.isAlive() && !Files.readString(status).contains(") Z ")) {
            assertThat(Instant.now()).as("ends: " + started.info()).isBefore(end);
            Thread.sleep(50);
        }
    }

    static HttpResponse<String> get(URI url) throws Exception {
        var request =
                HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(30)).build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().completeOnTimeout(process, 40, TimeUnit.SECONDS).join();
        process.destroyForcibly();
    }

    @Override
    public String toString() {
        try {
            return "process " + process.pid() + "\n" + output() + "\n" + log();
        } catch (IOException e) {
            return "process " + process.pid() + ": " + e;
        }
    }
}
