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
import dev.thimble.jobqueue.QueueStatus;
import dev.thimble.jobqueue.RetryPolicy;
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
import dev.thimble.objectstore.ObjectStore;
import dev.thimble.observability.Readiness;
import dev.thimble.server.Component;
import dev.thimble.server.DevelopmentNode;
import dev.thimble.server.HeaderChainProgram;
import dev.thimble.server.SealCriterion;
import dev.thimble.server.ServerOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** The small steps that the tests of gateways are made of. */
final class Parts {
    static final ChainId CHAIN = new ChainId(271);
    static final String DIGEST = "0x" + "0a".repeat(32);

    /** A dead gateway is noticed within seconds. */
    static final RetryPolicy QUICK = new RetryPolicy(
            Duration.ofMillis(2000),
            Duration.ofMillis(400),
            Duration.ofMillis(300),
            Duration.ofSeconds(5),
            Duration.ofMillis(100),
            Duration.ofMillis(400));

    private static final String ACCOUNT = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";

    private Parts() {}

    /** The node's program; the test is skipped without it, except in CI. */
    static Path anvil() {
        Optional<Path> anvil = AnvilProcess.locate();
        assumeTrue(anvil.isPresent() || "true".equals(System.getenv("CI")), "anvil is not installed");
        return anvil.orElseThrow();
    }

    /** A server that makes a batch of every block and offers it for two seconds. */
    static ServerOptions options(ChainId chain) throws IOException {
        return new ServerOptions(
                EnumSet.complementOf(EnumSet.of(Component.L1, Component.HOUSEKEEPER, Component.API)),
                chain,
                ProtocolVersion.CURRENT,
                HeaderChainProgram.of(Path.of("../../guest/bin/header-chain.elf")),
                _ -> Optional.empty(),
                List.of(new SealCriterion.Blocks(1)),
                ListenAddress.loopback(0),
                ListenAddress.loopback(0),
                null,
                Duration.ofSeconds(2),
                ServerOptions.Kept.DEFAULT);
    }

    static Gateway gateway(URI url, JobQueue queue, ObjectStore store, String name) {
        WorkerIdentity identity = new WorkerIdentity(name, Gateway.COMPONENT, "test", ProtocolVersion.CURRENT);
        return new Gateway(new ProofDataClient(url, name, null), queue, store, identity, new Readiness(), _ -> {});
    }

    /** Makes a block. */
    static void transfer(DevelopmentNode node) {
        node.client().rpc().call("eth_sendTransaction", Map.of("from", ACCOUNT, "to", ACCOUNT, "value", "0x1"));
    }

    /** Ends the first jobs of all batches as if the batches had been proven. */
    static void finish(JobQueue queue, ObjectStore store) throws IOException {
        String worker = queue.register(new WorkerIdentity("test", "test", "test", ProtocolVersion.CURRENT));
        Lane execute = new Lane(Round.BASIC_CIRCUITS, JobKind.EXECUTE);
        for (Lease lease : queue.pick(worker, List.of(execute), 10)) {
            BatchId batch = lease.key().batch();
            BatchDescription description = BatchDescription.decode(
                    store.read(new ObjectKey(lease.batchInput().getFirst()), 10_000));
            assertThat(store.read(new ObjectKey(description.inputPath()), 100_000))
                    .isNotEmpty();
            BatchResult result = new BatchResult(
                    "test", DIGEST, description.programSha256(), DIGEST, description.expectedOutput(), 1, 1);
            store.putIfAbsent(resultKey(batch), result.encode());
            queue.finish(worker, lease, new JobResult(List.of(), "0".repeat(64), BasicCircuitsPlan.afterVerify(batch)));
        }
        queue.signOff(worker);
    }

    static ObjectKey resultKey(BatchId batch) {
        return ObjectKey.of(
                new ArtifactName(batch, Round.BASIC_CIRCUITS, BatchResult.ARTIFACT, JobKey.NO_CIRCUIT, 0, 0));
    }

    static Map<String, Object> result(FolderObjectStore store, BatchId batch) throws IOException {
        byte[] bytes = store.read(resultKey(batch), 10_000);
        return SubmitJob.body(ProtocolVersion.CURRENT, BatchResult.decode(bytes), SubmitJob.sha256(bytes));
    }

    /** How many results were delivered. */
    static long delivered(QueueStatus status) {
        return status.jobs(JobView.Filter.ALL).stream()
                .filter(job -> job.key().kind() == JobKind.SUBMIT && job.state() == JobState.SUCCESSFUL)
                .count();
    }

    static void until(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + 180_000_000_000L;
        while (!condition.call()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited for three minutes");
            }
            Thread.sleep(30);
        }
    }
}
