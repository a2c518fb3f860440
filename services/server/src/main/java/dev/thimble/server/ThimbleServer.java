package dev.thimble.server;

import dev.thimble.http.Access;
import dev.thimble.http.HttpListener;
import dev.thimble.http.Route;
import dev.thimble.jobqueue.Housekeeping;
import dev.thimble.jobqueue.QueueDatabase;
import dev.thimble.jobqueue.QueueStatus;
import dev.thimble.objectstore.ObjectStore;
import dev.thimble.observability.Observability;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The components of one server process. Database, store and node are given and stay open when this is closed. A component
 * that fails says so in {@code /ready} and goes on trying; none ends the process.
 */
public final class ThimbleServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ThimbleServer.class);
    private static final Duration FOLLOWING = Duration.ofMillis(250);
    private static final Duration PREPARING = Duration.ofMillis(250);
    private static final Duration HOUSEKEEPING = Duration.ofSeconds(5);
    private static final Duration DATABASE_WATCH = Duration.ofSeconds(2);
    private static final Duration DATABASE_PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAGE_TICK = Duration.ofSeconds(1);

    private final ServerOptions options;
    private final QueueDatabase database;
    private final ObjectStore store;
    private final L2Node node;
    private final Optional<L1Connection> l1;
    private final Observability observability;
    private final BlockTable blocks;
    private final BatchTable batches;
    private final List<AutoCloseable> running = new ArrayList<>();
    private Optional<HttpListener> api = Optional.empty();
    private Optional<HttpListener> proofData = Optional.empty();

    private ThimbleServer(
            ServerOptions options,
            QueueDatabase database,
            ObjectStore store,
            L2Node node,
            Optional<L1Connection> l1,
            Observability observability) {
        this.options = options;
        this.database = database;
        this.store = store;
        this.node = node;
        this.l1 = l1;
        this.observability = observability;
        this.blocks = new BlockTable(database, options.chain());
        this.batches = new BatchTable(database, options.chain());
        if (options.components().contains(Component.L1)
                && l1.flatMap(L1Connection::operator).isEmpty()) {
            throw new IllegalArgumentException("the component l1 needs a connection with an operator");
        }
    }

    /**
     * Brings the server's tables up to date and starts the components.
     *
     * @param l1 the chain's contract on L1, if it has one
     * @throws WrongNode if the L2 node answers but is not this chain's
     * @throws dev.thimble.http.PortTaken if a port cannot be had
     */
    public static ThimbleServer start(
            ServerOptions options,
            QueueDatabase database,
            ObjectStore store,
            L2Node node,
            Optional<L1Connection> l1,
            Observability observability) {
        database.migrate("dev/thimble/server/migrations", "server_migrations");
        ThimbleServer server = new ThimbleServer(options, database, store, node, l1, observability);
        try {
            server.startAll();
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private void startAll() {
        watchDatabase();
        for (Component component : Component.values()) {
            if (options.components().contains(component)) {
                start(component);
                LOG.info("component {} runs", component.text());
            }
        }
    }

    /** Says in {@code /ready} when the database does not answer, long before a transaction gives up on it. */
    private void watchDatabase() {
        running.add(Loop.start("database", DATABASE_WATCH, observability.readiness(), () -> {
            CompletableFuture<Integer> answer = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> answer.complete(database.transaction(handle -> handle.execute("SELECT 1"))));
            try {
                answer.get(DATABASE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
                return false;
            } catch (TimeoutException e) {
                throw new IllegalStateException("PostgreSQL does not answer; waiting for it", e);
            }
        }));
    }

    private void start(Component component) {
        BatchPreparation preparation =
                new BatchPreparation(blocks, batches, options.program(), options.capacity(), store);
        switch (component) {
            case API -> startApi();
            case PROOF_DATA -> startProofData();
            case SEQUENCER -> startSequencer();
            case TREE -> loop(component, PREPARING, preparation::check);
            case COMMITMENT -> loop(component, PREPARING, preparation::commit);
            case WITNESS_INPUT -> {
                running.add(options.program());
                loop(component, PREPARING, preparation::makeInput);
                running.add(Loop.start(
                        component.text() + "-blocks", PREPARING, observability.readiness(), preparation::measure));
            }
            case HOUSEKEEPER -> startHousekeeper();
            case L1 -> running.addAll(new L1Service(l1.orElseThrow(), database, observability).start(chain(), node));
        }
    }

    private void loop(Component component, Duration pause, Loop.Step step) {
        running.add(Loop.start(component.text(), pause, observability.readiness(), step));
    }

    private void startSequencer() {
        Follower follower =
                new Follower(node, options.chain(), blocks, options.criteria(), options.program(), options.version());
        try {
            follower.step();
        } catch (UncheckedIOException e) {
            LOG.warn("the L2 node does not answer yet: {}", e.getMessage());
        }
        gauge(
                "thimble_l2_head_block",
                "The newest block that was followed.",
                () -> blocks.head().map(L2Block::number).orElse(0L));
        gauge(
                "thimble_newest_batch",
                "The newest sealed batch.",
                () -> batches.newest().orElse(0L));
        gauge("thimble_newest_proven_batch", "The newest batch whose proof was accepted.", batches::newestProven);
        loop(Component.SEQUENCER, FOLLOWING, follower::step);
    }

    private void gauge(String name, String help, LongSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call((double) value.getAsLong()))
                .register(observability.registry());
    }

    private void startHousekeeper() {
        Housekeeper housekeeper = new Housekeeper(
                batches,
                new QueueStatus(database),
                new Housekeeping(database),
                store,
                options.kept(),
                observability.registry());
        loop(Component.HOUSEKEEPER, HOUSEKEEPING, () -> {
            housekeeper.run();
            return false;
        });
    }

    private ChainTables chain() {
        return new ChainTables(blocks, batches);
    }

    /** What the page and JSON-RPC show of L1. */
    private L1View l1View() {
        if (l1.isEmpty()) {
            return L1View.NONE;
        }
        L1Reader reader = new L1Reader(l1.get(), database);
        running.add(reader.start(l1.get().interval(), observability.readiness()));
        return reader;
    }

    private void startApi() {
        L1View view = l1View();
        Access access = Access.protectedBy(options.token(), options.api());
        NodeProxy proxy = new NodeProxy(node, options.api().isLoopback());
        ZksMethods zks = new ZksMethods(blocks, batches, view);
        JsonRpcApi rpc =
                new JsonRpcApi(name -> zks.method(name).or(() -> proxy.method(name)), observability.registry());
        Overview overview = new Overview(
                options.chain(), blocks, batches, new QueueStatus(database), observability.readiness(), view);
        PageApi page = new PageApi(overview::report, PAGE_TICK);
        List<Route> routes = new ArrayList<>(rpc.routes(access));
        routes.addAll(page.routes(access));
        HttpListener listener = HttpListener.start(options.api(), JsonRpcApi.MAXIMUM_BODY_BYTES, routes);
        api = Optional.of(listener);
        running.add(listener);
        running.add(page::close);
        observability.readiness().ready(Component.API.text());
    }

    private void startProofData() {
        Access access = Access.protectedBy(options.token(), options.proofData());
        ProofTable proofs = new ProofTable(batches, options.offerLasts());
        SnarkIntake snarks = new SnarkIntake(batches, proofs, l1.map(L1Connection::check));
        List<Route> routes = new ProofDataApi(batches, proofs, snarks, store).routes(access);
        HttpListener listener = HttpListener.start(options.proofData(), ProofDataApi.MAXIMUM_BODY_BYTES, routes);
        proofData = Optional.of(listener);
        running.add(listener);
        observability.readiness().ready(Component.PROOF_DATA.text());
    }

    /** Where JSON-RPC and the web page are, if this process has them. */
    public Optional<URI> apiUrl() {
        return api.map(HttpListener::url);
    }

    /** Where gateways call, if this process has that. */
    public Optional<URI> proofDataUrl() {
        return proofData.map(HttpListener::url);
    }

    /** Stops the components, the last started first; what they do is finished or done again at the next start. */
    @Override
    public void close() {
        for (AutoCloseable part : running.reversed()) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("a component did not stop in good order", e);
            }
        }
        running.clear();
    }
}
