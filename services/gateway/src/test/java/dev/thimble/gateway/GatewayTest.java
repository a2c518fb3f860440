package dev.thimble.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.thimble.ethereum.AnvilProcess;
import dev.thimble.http.ListenAddress;
import dev.thimble.jobqueue.BasicCircuitsPlan;
import dev.thimble.jobqueue.JobQueue;
import dev.thimble.jobqueue.JobResult;
import dev.thimble.jobqueue.JobView;
import dev.thimble.jobqueue.Lane;
import dev.thimble.jobqueue.Lease;
import dev.thimble.jobqueue.QueueDatabase;
import dev.thimble.jobqueue.QueueStatus;
import dev.thimble.jobqueue.RetryPolicy;
import dev.thimble.jobqueue.SharedPostgres;
import dev.thimble.jobqueue.TemporaryPostgres;
import dev.thimble.jobqueue.WorkerIdentity;
import dev.thimble.model.ArtifactName;
import dev.thimble.model.BatchDescription;
import dev.thimble.model.BatchId;
import dev.thimble.model.BatchResult;
import dev.thimble.model.ChainId;
import dev.thimble.model.JobKey;
import dev.thimble.model.JobKind;
import dev.thimble.model.JobState;
import dev.thimble.model.ProtocolVersion;
import dev.thimble.model.Round;
import dev.thimble.objectstore.FolderObjectStore;
import dev.thimble.objectstore.ObjectKey;
import dev.thimble.observability.Observability;
import dev.thimble.observability.Readiness;
import dev.thimble.server.Component;
import dev.thimble.server.DevelopmentNode;
import dev.thimble.server.HeaderChainProgram;
import dev.thimble.server.SealCriterion;
import dev.thimble.server.ServerOptions;
import dev.thimble.server.ThimbleServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gateways between a real server on a real node and a real queue; nobody proves here. */
class GatewayTest {
    private static final ChainId CHAIN = new ChainId(271);
    private static final BatchId BATCH = new BatchId(CHAIN, 1);
    private static final String DIGEST = "0x" + "0a".repeat(32);
    private static final String ACCOUNT = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";

    @TempDir
    private Path folder;

    @Test
    void twoGatewaysTakeEachBatchOnceAndDeliverItsResultOnce() throws Exception {
        Optional<Path> anvil = AnvilProcess.locate();
        assumeTrue(anvil.isPresent() || "true".equals(System.getenv("CI")), "anvil is not installed");
        Path serverStore = folder.resolve("server");
        try (SharedPostgres postgres = SharedPostgres.open(folder.resolve("postgres"), TemporaryPostgres.freePort());
                QueueDatabase serverDatabase = QueueDatabase.open(postgres.database("server"), 8);
                QueueDatabase database = QueueDatabase.open(postgres.database("prover"), 8);
                JobQueue queue = new JobQueue(database, RetryPolicy.DEFAULT);
                Observability observability = new Observability("server", "test");
                FolderObjectStore store = new FolderObjectStore(folder.resolve("prover"));
                DevelopmentNode node = DevelopmentNode.start(anvil.orElseThrow(), folder.resolve("l2"), CHAIN.value());
                ThimbleServer server = ThimbleServer.start(
                        options(),
                        serverDatabase,
                        new FolderObjectStore(serverStore),
                        node,
                        Optional.empty(),
                        observability)) {
            queue.registerVersion(ProtocolVersion.CURRENT, DIGEST, null);
            node.client().rpc().call("eth_sendTransaction", Map.of("from", ACCOUNT, "to", ACCOUNT, "value", "0x1"));
            URI url = server.proofDataUrl().orElseThrow();
            QueueStatus status = new QueueStatus(database);
            try (Gateway first = gateway(url, queue, store, "first");
                    Gateway second = gateway(url, queue, store, "second")) {
                assertThat(first).isNotSameAs(second);
                until(() -> status.batch(BATCH).isPresent());
                assertThat(status.jobs(JobView.Filter.ALL)).hasSize(1);
                finish(queue, store);
                until(() -> submission(status) == JobState.SUCCESSFUL);
            }
            assertThat(new ProofDataClient(url, "late", null).next(List.of(ProtocolVersion.CURRENT.toString())))
                    .isEmpty();
            assertThat(new ProofDataClient(url, "late", null).submit(BATCH, result(store)))
                    .isEqualTo("already_accepted");
        }
    }

    private static ServerOptions options() throws IOException {
        return new ServerOptions(
                EnumSet.complementOf(EnumSet.of(Component.L1, Component.HOUSEKEEPER, Component.API)),
                CHAIN,
                ProtocolVersion.CURRENT,
                HeaderChainProgram.of(Path.of("../../guest/bin/header-chain.elf")),
                _ -> Optional.empty(),
                List.of(new SealCriterion.Blocks(1)),
                ListenAddress.loopback(0),
                ListenAddress.loopback(0),
                null,
                Duration.ofSeconds(60),
                ServerOptions.Kept.DEFAULT);
    }

    private static Gateway gateway(URI url, JobQueue queue, FolderObjectStore store, String name) {
        WorkerIdentity identity = new WorkerIdentity(name, Gateway.COMPONENT, "test", ProtocolVersion.CURRENT);
        return new Gateway(new ProofDataClient(url, name, null), queue, store, identity, new Readiness(), _ -> {});
    }

    /** Ends the only job as if the whole batch had been proven. */
    private static void finish(JobQueue queue, FolderObjectStore store) throws IOException {
        String worker = queue.register(new WorkerIdentity("test", "test", "test", ProtocolVersion.CURRENT));
        Lane execute = new Lane(Round.BASIC_CIRCUITS, JobKind.EXECUTE);
        Lease lease = queue.pick(worker, List.of(execute), 1).getFirst();
        BatchDescription description = BatchDescription.decode(
                store.read(new ObjectKey(lease.batchInput().getFirst()), 10_000));
        assertThat(store.read(new ObjectKey(description.inputPath()), 100_000)).isNotEmpty();
        BatchResult result = new BatchResult(
                "test", DIGEST, description.programSha256(), DIGEST, description.expectedOutput(), 1, 1);
        store.putIfAbsent(resultKey(), result.encode());
        queue.finish(worker, lease, new JobResult(List.of(), "0".repeat(64), BasicCircuitsPlan.afterVerify(BATCH)));
    }

    private static ObjectKey resultKey() {
        return ObjectKey.of(
                new ArtifactName(BATCH, Round.BASIC_CIRCUITS, BatchResult.ARTIFACT, JobKey.NO_CIRCUIT, 0, 0));
    }

    private static Map<String, Object> result(FolderObjectStore store) throws Exception {
        byte[] bytes = store.read(resultKey(), 10_000);
        return SubmitJob.body(ProtocolVersion.CURRENT, BatchResult.decode(bytes), SubmitJob.sha256(bytes));
    }

    private static JobState submission(QueueStatus status) {
        return status.jobs(JobView.Filter.ALL).stream()
                .filter(job -> job.key().kind() == JobKind.SUBMIT)
                .map(JobView::state)
                .findFirst()
                .orElse(JobState.WAITING);
    }

    private static void until(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (!condition.call()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited for 60 seconds");
            }
            Thread.sleep(30);
        }
    }
}
