package dev.thimble.jobqueue;

import static dev.thimble.jobqueue.QueueFixture.LEAF;
import static dev.thimble.jobqueue.QueueFixture.PROVE;
import static dev.thimble.jobqueue.QueueFixture.key;
import static dev.thimble.jobqueue.QueueFixture.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.model.BatchId;
import dev.thimble.model.BatchState;
import dev.thimble.model.ErrorCode;
import dev.thimble.model.JobState;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobWorkerTest {
    private static final BatchId BATCH = BatchId.of(271, 1);

    private final List<JobWorker> workers = new ArrayList<>();
    private final Queue<JobEvent> events = new ConcurrentLinkedQueue<>();
    private QueueFixture fixture;

    @BeforeEach
    void open() {
        fixture = new QueueFixture(QueueFixture.QUICK);
    }

    @AfterEach
    void close() {
        workers.forEach(JobWorker::close);
        fixture.close();
    }

    private JobWorker start(String name, Map<Lane, JobFunction> functions, int concurrency) {
        JobWorker worker =
                new JobWorker(fixture.queue, QueueFixture.identity(name), functions, concurrency, events::add);
        workers.add(worker);
        worker.start();
        return worker;
    }

    static void until(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(50);
        }
    }

    private BatchStatus status() {
        return fixture.status.batch(BATCH).orElseThrow();
    }

    @Test
    void anIdleWorkerIsWokenAndDoesAllJobs() throws Exception {
        JobWorker worker = start("w", Map.of(PROVE, QueueFixture::result), 3);
        until(worker::isReady);
        fixture.submitProofs(271, 1, 20);
        until(() -> status().proofs().successful() == 20);
        until(() -> events.size() == 20);
        assertThat(events).allMatch(event -> event.outcome() == JobEvent.Outcome.SUCCESSFUL);
        assertThat(worker.busy()).isZero();
    }

    @Test
    void aPoisonJobCostsOnlyItself() throws Exception {
        fixture.submitProofs(271, 1, 6);
        start(
                "w",
                Map.of(PROVE, lease -> switch (lease.key().sequence()) {
                    case 1 -> throw new StackOverflowError();
                    case 3 -> throw new OutOfMemoryError("pretended");
                    case 4 -> throw new JobFailure(ErrorCode.BAD_INPUT, "never any good");
                    default -> result(lease);
                }),
                2);
        until(() -> status().proofs().failed() == 3 && status().proofs().successful() == 3);
        assertThat(status().state()).isEqualTo(BatchState.STOPPED);
        List<JobView> jobs = fixture.status.jobs(JobView.Filter.ALL);
        assertThat(jobs.get(1).error()).startsWith("INTERNAL_ERROR: java.lang.StackOverflowError");
        assertThat(jobs.get(3).error()).startsWith("OUT_OF_MEMORY");
        assertThat(jobs.get(4).error()).isEqualTo("BAD_INPUT: never any good");
        assertThat(fixture.status.history(jobs.get(1).id())).hasSize(5);
        assertThat(fixture.status.history(jobs.get(4).id())).hasSize(1);
    }

    @Test
    void aCancelledJobIsInterrupted() throws Exception {
        fixture.submitProofs(271, 1, 1);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        start(
                "w",
                Map.of(PROVE, lease -> {
                    begun.countDown();
                    try {
                        Thread.sleep(Duration.ofHours(1));
                    } finally {
                        interrupted.countDown();
                    }
                    return result(lease);
                }),
                1);
        begun.await();
        new OperatorActions(fixture.database, "op", false).cancel(BATCH);
        interrupted.await();
        until(() -> !events.isEmpty());
        assertThat(events.peek().outcome()).isEqualTo(JobEvent.Outcome.LEASE_LOST);
        assertThat(fixture.status.jobs(JobView.Filter.ALL).getFirst().state()).isEqualTo(JobState.CANCELLED);
    }

    /** The job that finds the loss was created by the lost result itself: only a restart of the round helps, and it says so. */
    @Test
    void aLostResultThatIsBuiltUponStopsTheBatch() throws Exception {
        fixture.submitProofs(271, 1, 1);
        Plan next = Plan.of(List.of(), List.of(NewJob.of(key(BATCH, LEAF, 0), List.of())));
        start(
                "w",
                Map.of(
                        PROVE,
                        lease -> new JobResult(List.of("proof"), QueueFixture.digest("proof"), next),
                        LEAF,
                        lease -> {
                            throw new ResultLost(
                                    key(BATCH, PROVE, 0), ErrorCode.ARTIFACT_MISSING, new IOException("it is gone"));
                        }),
                1);
        until(() -> status().state() == BatchState.STOPPED);
        JobView blocked = fixture.status.jobs(JobView.Filter.ALL).getLast();
        assertThat(blocked.state()).isEqualTo(JobState.DEAD);
        assertThat(blocked.error()).startsWith("ARTIFACT_MISSING: result of ").endsWith("is lost: it is gone");
    }

    @Test
    void aConsumerThatFindsALieHasItMadeAgain() throws Exception {
        List<NewJob> jobs = List.of(
                NewJob.of(key(BATCH, PROVE, 0), List.of()).in("g"),
                NewJob.of(key(BATCH, LEAF, 0), List.of()).after("g"));
        fixture.queue.submit(QueueFixture.batch(BATCH), Plan.of(List.of(Plan.Group.of("g")), jobs));
        String lie = QueueFixture.digest("lie");
        JobWorker liar = start("liar", Map.of(PROVE, l -> new JobResult(List.of("lie"), lie, Plan.NOTHING)), 1);
        until(() -> status().proofs().successful() == 1);
        start(
                "honest",
                Map.of(PROVE, QueueFixture::result, LEAF, lease -> {
                    JobView proof = fixture.status.jobs(JobView.Filter.ALL).getFirst();
                    if (proof.output().contains("lie")) {
                        throw new ForeignResultRejected(proof.key(), lie, "does not verify");
                    }
                    return result(lease);
                }),
                1);
        until(() -> fixture.status.jobs(JobView.Filter.ALL).getLast().state() == JobState.SUCCESSFUL);
        until(() -> !liar.isReady());
        assertThat(fixture.status.workers())
                .filteredOn(worker -> worker.name().equals("liar"))
                .allMatch(worker -> worker.state().equals("quarantined"));
    }

    @Test
    void stoppingWaitsForRunningJobs() throws Exception {
        fixture.submitProofs(271, 1, 2);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        JobWorker worker = start(
                "w",
                Map.of(PROVE, lease -> {
                    begun.countDown();
                    go.await();
                    return result(lease);
                }),
                1);
        begun.await();
        Thread stopper = Thread.ofPlatform().start(worker::close);
        until(() -> !worker.isReady());
        go.countDown();
        stopper.join();
        assertThat(status().proofs()).isEqualTo(new BatchStatus.Proofs(1, 0, 0, 1));
    }
}
