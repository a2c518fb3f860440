package dev.thimble.gateway;

import static dev.thimble.gateway.Parts.CHAIN;
import static dev.thimble.gateway.Parts.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.jobqueue.JobQueue;
import dev.thimble.jobqueue.JobView;
import dev.thimble.jobqueue.OperatorActions;
import dev.thimble.jobqueue.QueueDatabase;
import dev.thimble.jobqueue.QueueStatus;
import dev.thimble.jobqueue.RetryPolicy;
import dev.thimble.jobqueue.SharedPostgres;
import dev.thimble.jobqueue.TemporaryPostgres;
import dev.thimble.model.BatchId;
import dev.thimble.model.BatchState;
import dev.thimble.model.ChainId;
import dev.thimble.model.ProtocolVersion;
import dev.thimble.model.Round;
import dev.thimble.objectstore.FolderObjectStore;
import dev.thimble.observability.Observability;
import dev.thimble.server.DevelopmentNode;
import dev.thimble.server.ThimbleServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gateways between real servers on real nodes and a real queue; nobody proves here. */
class GatewayTest {
    private static final BatchId BATCH = new BatchId(CHAIN, 1);
    private static final BatchId OTHERS = BatchId.of(272, 1);

    @TempDir
    private Path folder;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    @SuppressWarnings("NullAway.Init") // set before every test
    private SharedPostgres postgres;

    @SuppressWarnings("NullAway.Init") // set before every test
    private QueueDatabase database;

    @SuppressWarnings("NullAway.Init") // set before every test
    private JobQueue queue;

    @SuppressWarnings("NullAway.Init") // set before every test
    private FolderObjectStore store;

    @BeforeEach
    void start() throws IOException {
        Parts.anvil();
        postgres = opened(SharedPostgres.open(folder.resolve("postgres"), TemporaryPostgres.freePort()));
        database = opened(QueueDatabase.open(postgres.database("prover"), 12));
        queue = opened(new JobQueue(database, RetryPolicy.DEFAULT));
        queue.registerVersion(ProtocolVersion.CURRENT, Parts.DIGEST, null);
        store = opened(new FolderObjectStore(folder.resolve("prover")));
    }

    @AfterEach
    void stop() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        return part;
    }

    /** A server with a batch of one block. */
    private URI server(ChainId chain) throws IOException {
        DevelopmentNode node =
                opened(DevelopmentNode.start(Parts.anvil(), folder.resolve("l2-" + chain), chain.value()));
        Parts.transfer(node);
        return opened(ThimbleServer.start(
                        Parts.options(chain),
                        opened(QueueDatabase.open(postgres.database("server_" + chain), 8)),
                        new FolderObjectStore(folder.resolve("server-" + chain)),
                        node,
                        Optional.empty(),
                        opened(new Observability("server", "test"))))
                .proofDataUrl()
                .orElseThrow();
    }

    private QueueStatus status() {
        return new QueueStatus(database);
    }

    @Test
    void twoGatewaysTakeEachBatchOnceAndDeliverItsResultOnce() throws Exception {
        URI url = server(CHAIN);
        try (var _ = Parts.gateway(url, queue, store, "first");
                var _ = Parts.gateway(url, queue, store, "second")) {
            until(() -> status().batch(BATCH).isPresent());
            assertThat(status().jobs(JobView.Filter.ALL)).hasSize(1);
            Parts.finish(queue, store);
            until(() -> Parts.delivered(status()) == 1);
        }
        assertThat(new ProofDataClient(url, "late", null).next(List.of(ProtocolVersion.CURRENT.toString())))
                .isEmpty();
        assertThat(new ProofDataClient(url, "late", null).submit(BATCH, Parts.result(store, BATCH)))
                .isEqualTo("already_accepted");
    }

    /** Two chains' gateways share a queue: each delivers only what its own server knows. */
    @Test
    void resultsGoToTheServerOfTheirChain() throws Exception {
        URI url = server(CHAIN);
        URI other = server(OTHERS.chain());
        try (var _ = Parts.gateway(url, queue, store, "first")) {
            until(() -> status().batch(BATCH).isPresent());
            try (var _ = Parts.gateway(other, queue, store, "second")) {
                until(() -> status().batch(OTHERS).isPresent());
            }
            Parts.finish(queue, store);
            until(() -> Parts.delivered(status()) == 1);
            assertThat(status().batch(OTHERS).orElseThrow().state()).isEqualTo(BatchState.BASIC_PROVEN);
        }
        try (var _ = Parts.gateway(other, queue, store, "second")) {
            until(() -> Parts.delivered(status()) == 2);
        }
        assertThat(new ProofDataClient(other, "late", null).submit(OTHERS, Parts.result(store, OTHERS)))
                .isEqualTo("already_accepted");
    }

    /** A result that is lost before it was delivered stops the batch with what is to be done, which then helps. */
    @Test
    void aLostResultStopsTheBatchWithAReason() throws Exception {
        URI url = server(CHAIN);
        try (var _ = Parts.gateway(url, queue, store, "first")) {
            until(() -> status().batch(BATCH).isPresent());
        }
        Parts.finish(queue, store);
        store.delete(Parts.resultKey(BATCH));
        try (var _ = Parts.gateway(url, queue, store, "second")) {
            until(() -> status().batch(BATCH).orElseThrow().state() == BatchState.STOPPED);
            assertThat(Objects.requireNonNull(
                                    status().batch(BATCH).orElseThrow().blockedBy())
                            .error())
                    .contains("restart the batch from basic_circuits");
            new OperatorActions(database, "test", false).restart(BATCH, Round.BASIC_CIRCUITS);
            Parts.finish(queue, store);
            until(() -> Parts.delivered(status()) == 1);
        }
    }
}
