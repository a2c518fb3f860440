package dev.thimble.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.jobqueue.BasicCircuitsPlan;
import dev.thimble.jobqueue.Housekeeping;
import dev.thimble.jobqueue.JobQueue;
import dev.thimble.jobqueue.JobResult;
import dev.thimble.jobqueue.JobView;
import dev.thimble.jobqueue.Lane;
import dev.thimble.jobqueue.Lease;
import dev.thimble.jobqueue.NewBatch;
import dev.thimble.jobqueue.OperatorActions;
import dev.thimble.jobqueue.Plan;
import dev.thimble.jobqueue.QueueStatus;
import dev.thimble.jobqueue.RetryPolicy;
import dev.thimble.jobqueue.WorkerIdentity;
import dev.thimble.model.ArtifactName;
import dev.thimble.model.BatchDescription;
import dev.thimble.model.BatchId;
import dev.thimble.model.BatchState;
import dev.thimble.model.ErrorCode;
import dev.thimble.model.JobKey;
import dev.thimble.model.JobKind;
import dev.thimble.model.Round;
import dev.thimble.objectstore.ObjectKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is done is removed after its time, and what is not done never is. */
class HousekeeperTest {
    private static final BatchId DONE = new BatchId(TestParts.CHAIN, 1);
    private static final BatchId STOPPED = new BatchId(TestParts.CHAIN, 2);
    private static final BatchId OPEN = new BatchId(TestParts.CHAIN, 3);
    private static final Duration NEVER = Duration.ofDays(1_000);
    private static final Lane EXECUTE = new Lane(Round.BASIC_CIRCUITS, JobKind.EXECUTE);
    private static final Lane SUBMIT = new Lane(Round.BASIC_CIRCUITS, JobKind.SUBMIT);

    private final TestParts parts = new TestParts();
    private final JobQueue queue = new JobQueue(parts.database, RetryPolicy.DEFAULT);
    private final QueueStatus status = new QueueStatus(parts.database);

    @SuppressWarnings("NullAway.Init") // set before every test
    private String worker;

    /** Batch 1 is basic_proven and delivered, the best that a build without recursion reaches; 2 is stopped; 3 is not done. */
    @BeforeEach
    void batches() throws IOException {
        parts.database.migrate("dev/thimble/server/migrations", "server_migrations");
        queue.registerVersion(TestParts.VERSION, "0x" + "0a".repeat(32), null);
        worker = queue.register(new WorkerIdentity("w", "test", "test", TestParts.VERSION));
        for (BatchId batch : List.of(DONE, STOPPED, OPEN)) {
            for (String type : List.of(BatchPreparation.INPUT, BatchDescription.ARTIFACT, "proof")) {
                parts.store.putIfAbsent(key(batch, type), type.getBytes(StandardCharsets.UTF_8));
            }
            NewBatch fresh = new NewBatch(batch, TestParts.VERSION, Instant.EPOCH, 0, List.of("input"));
            queue.submit(fresh, BasicCircuitsPlan.start(batch));
        }
        finish(pick(EXECUTE), BasicCircuitsPlan.afterVerify(DONE));
        finish(pick(SUBMIT), Plan.NOTHING);
        queue.fail(worker, pick(EXECUTE), ErrorCode.BAD_INPUT, "no good");
        finish(pick(EXECUTE), BasicCircuitsPlan.afterVerify(OPEN));
        assertThat(state(DONE)).isEqualTo(BatchState.BASIC_PROVEN);
        assertThat(state(STOPPED)).isEqualTo(BatchState.STOPPED);
        assertThat(state(OPEN)).isEqualTo(BatchState.BASIC_PROVEN);
    }

    @AfterEach
    void stop() {
        queue.close();
        parts.close();
    }

    private Lease pick(Lane lane) {
        return queue.pick(worker, List.of(lane), 1).getFirst();
    }

    private void finish(Lease lease, Plan next) {
        queue.finish(worker, lease, new JobResult(List.of(), "0".repeat(64), next));
    }

    private BatchState state(BatchId batch) {
        return status.batch(batch).orElseThrow().state();
    }

    private static ObjectKey key(BatchId batch, String type) {
        return ObjectKey.of(new ArtifactName(batch, Round.BASIC_CIRCUITS, type, JobKey.NO_CIRCUIT, 0, 0));
    }

    private void clean(ServerOptions.Kept kept) throws Exception {
        new Housekeeper(
                        new BatchTable(parts.database, TestParts.CHAIN),
                        status,
                        new Housekeeping(parts.database),
                        parts.store,
                        kept,
                        parts.observability.registry())
                .run();
    }

    private List<BatchId> batchesWithJobs() {
        return status.jobs(JobView.Filter.ALL).stream()
                .map(job -> job.key().batch())
                .distinct()
                .toList();
    }

    private List<String> artifacts(BatchId batch) throws IOException {
        return parts.store.list(ArtifactName.prefix(batch)).stream()
                .map(object -> ArtifactName.parse(object.key().path()).type())
                .toList();
    }

    @Test
    void keepsWhatIsNotOldEnough() throws Exception {
        clean(new ServerOptions.Kept(NEVER, NEVER, NEVER, Duration.ZERO));
        assertThat(batchesWithJobs()).containsExactly(DONE, STOPPED, OPEN);
        for (BatchId batch : List.of(DONE, STOPPED, OPEN)) {
            assertThat(artifacts(batch)).hasSize(3);
        }
    }

    @Test
    void removesWhatIsDeliveredWithoutAnyFurtherRound() throws Exception {
        clean(new ServerOptions.Kept(Duration.ZERO, NEVER, NEVER, Duration.ZERO));
        assertThat(batchesWithJobs()).containsExactly(STOPPED, OPEN);
        assertThat(artifacts(DONE)).isEmpty();
        assertThat(artifacts(STOPPED)).hasSize(3);
        assertThat(artifacts(OPEN)).as("its result is not delivered yet").hasSize(3);
        assertThat(state(DONE)).isEqualTo(BatchState.BASIC_PROVEN);
    }

    /** A batch that is stopped for long keeps what it can be begun again from, and can be. */
    @Test
    void removesAllButTheInputOfWhatIsStopped() throws Exception {
        clean(new ServerOptions.Kept(NEVER, Duration.ZERO, NEVER, Duration.ZERO));
        assertThat(batchesWithJobs()).containsExactly(DONE, OPEN);
        assertThat(artifacts(STOPPED)).containsExactlyInAnyOrder(BatchPreparation.INPUT, BatchDescription.ARTIFACT);
        assertThat(state(STOPPED)).isEqualTo(BatchState.STOPPED);
        assertThat(status.batch(STOPPED).orElseThrow().blockedBy()).isNotNull();

        new OperatorActions(parts.database, "test", false).restart(STOPPED, Round.BASIC_CIRCUITS);
        assertThat(state(STOPPED)).isEqualTo(BatchState.SEALED);
        finish(pick(EXECUTE), BasicCircuitsPlan.afterVerify(STOPPED));
        assertThat(state(STOPPED)).isEqualTo(BatchState.BASIC_PROVEN);
    }
}
