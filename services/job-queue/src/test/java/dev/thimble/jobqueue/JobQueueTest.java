package dev.thimble.jobqueue;

import static dev.thimble.jobqueue.QueueFixture.ALL;
import static dev.thimble.jobqueue.QueueFixture.EXECUTE;
import static dev.thimble.jobqueue.QueueFixture.LEAF;
import static dev.thimble.jobqueue.QueueFixture.PROVE;
import static dev.thimble.jobqueue.QueueFixture.key;
import static dev.thimble.jobqueue.QueueFixture.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.thimble.model.BatchId;
import dev.thimble.model.BatchState;
import dev.thimble.model.ChainId;
import dev.thimble.model.ErrorCode;
import dev.thimble.model.JobKey;
import dev.thimble.model.JobState;
import dev.thimble.model.ProtocolVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobQueueTest {
    private static final BatchId BATCH = BatchId.of(271, 1);

    private QueueFixture fixture;
    private JobQueue queue;

    @BeforeEach
    void open() {
        fixture = new QueueFixture();
        queue = fixture.queue;
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private BatchStatus status(BatchId batch) {
        return fixture.status.batch(batch).orElseThrow();
    }

    private JobView job(Lease lease) {
        return fixture.status.job(lease.jobId()).orElseThrow();
    }

    @Test
    void aBatchPassesFromExecutionToItsState() {
        queue.submit(
                QueueFixture.batch(BATCH), Plan.of(List.of(), List.of(NewJob.of(key(BATCH, EXECUTE, 0), List.of()))));
        String worker = fixture.worker("w");
        Lease execute = fixture.pickOne(worker, EXECUTE);
        assertThat(execute.batchInput()).containsExactly("input/271/1");
        List<NewJob> proofs = QueueFixture.jobs(BATCH, PROVE, 3).stream()
                .map(j -> j.in("proofs"))
                .toList();
        List<NewJob> next = new ArrayList<>(proofs);
        next.add(NewJob.of(key(BATCH, LEAF, 0), List.of()).after("proofs"));
        Plan plan = Plan.of(List.of(new Plan.Group("proofs", BatchState.BASIC_PROVEN)), next)
                .andState(BatchState.PROVING);
        assertThat(queue.finish(worker, execute, result(execute, plan))).isEqualTo(FinishOutcome.ACCEPTED);
        assertThat(status(BATCH).state()).isEqualTo(BatchState.PROVING);
        assertThat(queue.pick(worker, List.of(LEAF), 1)).isEmpty();
        List<Lease> leases = queue.pick(worker, List.of(PROVE), 10);
        assertThat(leases).extracting(lease -> lease.key().sequence()).containsExactly(0, 1, 2);
        queue.finish(worker, List.of(finished(leases.get(0)), finished(leases.get(2))));
        assertThat(queue.pick(worker, List.of(LEAF), 1)).isEmpty();
        queue.finish(worker, List.of(finished(leases.get(1))));
        assertThat(status(BATCH).state()).isEqualTo(BatchState.BASIC_PROVEN);
        assertThat(status(BATCH).proofs()).isEqualTo(new BatchStatus.Proofs(3, 0, 0, 0));
        assertThat(fixture.pickOne(worker, LEAF).attempt()).isEqualTo(1);
    }

    private static Finished finished(Lease lease) {
        return new Finished(lease, result(lease));
    }

    @Test
    void theSameBatchTwiceIsOneAndAnotherOfItsNumberIsRefused() {
        Plan plan = Plan.of(List.of(), QueueFixture.jobs(BATCH, PROVE, 2));
        assertThat(queue.submit(QueueFixture.batch(BATCH), plan)).isTrue();
        assertThat(queue.submit(QueueFixture.batch(BATCH), plan)).isFalse();
        assertThat(fixture.status.jobs(JobView.Filter.ALL)).hasSize(2);
        NewBatch other = new NewBatch(BATCH, QueueFixture.VERSION, Instant.now(), 0, List.of("other"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> queue.submit(other, plan))
                .withMessageContaining("271/1");
        NewBatch unknown = new NewBatch(BATCH, new ProtocolVersion(9, 9, 9), Instant.now(), 0, List.of());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> queue.submit(unknown, plan))
                .withMessageContaining("9.9.9");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> queue.registerVersion(QueueFixture.VERSION, "bb", null))
                .withMessageContaining("0.1.0");
    }

    @Test
    void aLateResultIsRefusedUnlessIdentical() {
        fixture.submitProofs(271, 1, 1);
        String slow = fixture.worker("slow");
        String quick = fixture.worker("quick");
        Lease first = fixture.pickOne(slow, PROVE);
        assertThat(queue.fail(slow, first, ErrorCode.WORKER_STOPPED, "taken away"))
                .isTrue();
        assertThat(queue.finish(slow, first, result(first))).isEqualTo(FinishOutcome.REFUSED);
        Lease second = fixture.pickOne(quick, PROVE);
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(queue.finish(slow, first, result(first))).isEqualTo(FinishOutcome.REFUSED);
        assertThat(queue.finish(quick, second, result(second))).isEqualTo(FinishOutcome.ACCEPTED);
        assertThat(queue.finish(quick, second, result(second))).isEqualTo(FinishOutcome.ALREADY_DONE);
        assertThat(queue.finish(slow, first, result(first))).isEqualTo(FinishOutcome.ALREADY_DONE);
        JobResult other = new JobResult(List.of(), QueueFixture.digest("other"), Plan.NOTHING);
        assertThat(queue.finish(slow, first, other)).isEqualTo(FinishOutcome.REFUSED);
        assertThat(queue.fail(slow, first, ErrorCode.INTERNAL_ERROR, "late")).isFalse();
        assertThat(job(first).state()).isEqualTo(JobState.SUCCESSFUL);
    }

    @Test
    void anotherWorkersLeaseCannotBeFinished() {
        fixture.submitProofs(271, 1, 1);
        Lease lease = fixture.pickOne(fixture.worker("owner"), PROVE);
        String thief = fixture.worker("thief");
        assertThat(queue.finish(thief, lease, result(lease))).isEqualTo(FinishOutcome.REFUSED);
        assertThat(queue.fail(thief, lease, ErrorCode.BAD_INPUT, "sabotage")).isFalse();
        assertThat(job(lease).state()).isEqualTo(JobState.IN_PROGRESS);
    }

    @Test
    void badInputIsDeadAtOnceAndStopsTheBatch() {
        fixture.submitProofs(271, 1, 1);
        String worker = fixture.worker("w");
        Lease lease = fixture.pickOne(worker, PROVE);
        queue.fail(worker, lease, ErrorCode.BAD_INPUT, "block 7 has a bad root");
        assertThat(job(lease).state()).isEqualTo(JobState.DEAD);
        BatchStatus stopped = status(BATCH);
        assertThat(stopped.state()).isEqualTo(BatchState.STOPPED);
        assertThat(stopped.blockedBy())
                .isEqualTo(new BatchStatus.Blocker(lease.jobId(), "BAD_INPUT: block 7 has a bad root"));
        assertThat(stopped.proofs().failed()).isEqualTo(1);
    }

    @Test
    void failuresAreRetriedAfterGrowingPausesAndKeptAsHistory() throws Exception {
        try (QueueFixture quick = new QueueFixture(QueueFixture.QUICK)) {
            quick.submitProofs(271, 1, 1);
            WorkerIdentity identity = QueueFixture.identity("w");
            long id = 0;
            for (int i = 1; i <= 5; i++) {
                String worker = quick.queue.register(identity);
                Lease lease = null;
                while (lease == null) {
                    quick.queue.heartbeat(worker, Set.of());
                    quick.queue.sweep();
                    List<Lease> picked =
                            quick.queue.await(worker, List.of(PROVE), 1, Duration.ofMillis(50), () -> false);
                    lease = picked.isEmpty() ? null : picked.getFirst();
                }
                assertThat(lease.attempt()).isEqualTo(i);
                quick.queue.fail(worker, lease, ErrorCode.OUT_OF_MEMORY, "try " + i);
                assertThat(quick.queue.pick(worker, List.of(PROVE), 1)).isEmpty();
                id = lease.jobId();
            }
            JobView job = quick.status.job(id).orElseThrow();
            assertThat(job.state()).isEqualTo(JobState.DEAD);
            assertThat(quick.status.history(id))
                    .extracting(JobView.Attempt::error)
                    .containsExactly("try 1", "try 2", "try 3", "try 4", "try 5");
        }
    }

    @Test
    void aRetryingJobIsNotFailed() {
        fixture.submitProofs(271, 1, 1);
        String worker = fixture.worker("w");
        queue.fail(worker, fixture.pickOne(worker, PROVE), ErrorCode.INTERNAL_ERROR, "boom");
        assertThat(status(BATCH).proofs()).isEqualTo(new BatchStatus.Proofs(0, 0, 0, 1));
        assertThat(status(BATCH).state()).isEqualTo(BatchState.SEALED);
    }

    @Test
    void picksByPriorityThenBatchAgeThenRound() {
        fixture.submitProofs(271, 5, 1);
        fixture.submitProofs(271, 3, 1);
        BatchId leafBatch = BatchId.of(271, 4);
        List<NewJob> both = new ArrayList<>(QueueFixture.jobs(leafBatch, LEAF, 1));
        both.addAll(QueueFixture.jobs(leafBatch, PROVE, 1));
        queue.submit(QueueFixture.batch(leafBatch), Plan.of(List.of(), both));
        new OperatorActions(fixture.database, "test", false).priority(BatchId.of(271, 5), 7);
        List<Lease> leases = queue.pick(fixture.worker("w"), ALL, 10);
        assertThat(leases)
                .extracting(lease ->
                        lease.key().batch().number() + lease.key().round().wireName())
                .containsExactly("5basic_circuits", "3basic_circuits", "4basic_circuits", "4leaf_aggregation");
    }

    @Test
    void aBusyChainDoesNotStarveAnother() {
        fixture.submitProofs(1, 1, 500);
        fixture.submitProofs(2, 900, 40);
        String worker = fixture.worker("w");
        List<Lease> batch = queue.pick(worker, List.of(PROVE), 20);
        assertThat(batch.stream().filter(lease -> lease.key().batch().chain().value() == 2))
                .hasSize(10);
        Map<Long, Integer> single = new HashMap<>();
        for (int i = 0; i < 40; i++) {
            single.merge(fixture.pickOne(worker, PROVE).key().batch().chain().value(), 1, Integer::sum);
        }
        assertThat(single.get(2L)).as("one at a time, both chains are served").isBetween(5, 35);
    }

    @Test
    void aWorkerGetsOnlyJobsOfItsProtocolVersion() {
        ProtocolVersion newer = new ProtocolVersion(0, 2, 0);
        queue.registerVersion(newer, "bb", null);
        fixture.submitProofs(271, 1, 1);
        String worker = queue.register(new WorkerIdentity("w", "prover", "x", newer));
        assertThat(queue.pick(worker, List.of(PROVE), 1)).isEmpty();
        WorkerIdentity unknown = new WorkerIdentity("v", "prover", "x", new ProtocolVersion(7, 0, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> queue.register(unknown))
                .withMessageContaining("7.0.0");
    }

    @Test
    void aWorkerOfOneChainGetsOnlyItsJobs() throws Exception {
        fixture.submitProofs(271, 1, 1);
        fixture.submitProofs(272, 1, 1);
        String only = queue.register(QueueFixture.identity("only").of(new ChainId(272)));
        List<Lease> picked = queue.await(only, List.of(PROVE), 5, Duration.ofMillis(300), () -> false);
        assertThat(picked).extracting(lease -> lease.key().batch()).containsExactly(BatchId.of(272, 1));
        assertThat(queue.await(only, List.of(PROVE), 5, Duration.ofMillis(300), () -> false))
                .isEmpty();
        assertThat(queue.pick(fixture.worker("all"), List.of(PROVE), 5)).hasSize(1);
    }

    @Test
    void impossiblePlansChangeNothing() {
        fixture.submitProofs(271, 1, 1);
        String worker = fixture.worker("w");
        Lease lease = fixture.pickOne(worker, PROVE);
        List<Plan> impossible = List.of(
                Plan.of(List.of(Plan.Group.of("empty")), List.of()),
                Plan.of(
                        List.of(),
                        List.of(NewJob.of(key(BATCH, LEAF, 0), List.of()).in("unknown"))),
                Plan.of(List.of(), List.of(NewJob.of(key(BatchId.of(1, 1), LEAF, 0), List.of()))));
        for (Plan plan : impossible) {
            assertThatIllegalArgumentException().isThrownBy(() -> queue.finish(worker, lease, result(lease, plan)));
        }
        Plan twice = Plan.of(List.of(), QueueFixture.jobs(BATCH, PROVE, 1));
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> queue.finish(worker, lease, result(lease, twice)));
        assertThat(job(lease).state()).isEqualTo(JobState.IN_PROGRESS);
        assertThat(queue.finish(worker, lease, result(lease))).isEqualTo(FinishOutcome.ACCEPTED);
    }

    @Test
    void aMemberMayExtendItsGroupAndAnOutsiderMayNot() {
        List<NewJob> first = List.of(
                NewJob.of(key(BATCH, PROVE, 0), List.of()).in("g"),
                NewJob.of(key(BATCH, PROVE, 1), List.of()),
                NewJob.of(key(BATCH, LEAF, 0), List.of()).after("g"));
        queue.submit(QueueFixture.batch(BATCH), Plan.of(List.of(Plan.Group.of("g")), first));
        String worker = fixture.worker("w");
        List<Lease> leases = queue.pick(worker, List.of(PROVE), 2);
        Plan more = Plan.of(
                List.of(), List.of(NewJob.of(key(BATCH, PROVE, 2), List.of()).in("g")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> queue.finish(worker, leases.get(1), result(leases.get(1), more)));
        queue.finish(worker, leases.get(0), result(leases.get(0), more));
        assertThat(queue.pick(worker, List.of(LEAF), 1)).isEmpty();
        Lease added = fixture.pickOne(worker, PROVE);
        queue.finish(worker, added, result(added));
        assertThat(queue.pick(worker, List.of(LEAF), 1)).hasSize(1);
    }

    @Test
    void aJobThatWaitsForACompleteGroupIsQueuedAtOnce() {
        List<NewJob> first =
                List.of(NewJob.of(key(BATCH, PROVE, 0), List.of()).in("g"), NewJob.of(key(BATCH, PROVE, 1), List.of()));
        queue.submit(QueueFixture.batch(BATCH), Plan.of(List.of(Plan.Group.of("g")), first));
        String worker = fixture.worker("w");
        List<Lease> leases = queue.pick(worker, List.of(PROVE), 2);
        queue.finish(worker, leases.get(0), result(leases.get(0)));
        Plan late = Plan.of(
                List.of(), List.of(NewJob.of(key(BATCH, LEAF, 0), List.of()).after("g")));
        queue.finish(worker, leases.get(1), result(leases.get(1), late));
        assertThat(queue.pick(worker, List.of(LEAF), 1)).hasSize(1);
    }

    @Test
    void aWrongResultIsMadeAgainByAnotherAndItsWorkerQuarantined() {
        List<NewJob> first = List.of(
                NewJob.of(key(BATCH, PROVE, 0), List.of()).in("g"),
                NewJob.of(key(BATCH, LEAF, 0), List.of()).after("g"));
        queue.submit(QueueFixture.batch(BATCH), Plan.of(List.of(Plan.Group.of("g")), first));
        String liar = fixture.worker("liar");
        Lease lie = fixture.pickOne(liar, PROVE);
        queue.finish(liar, lie, result(lie));
        String honest = fixture.worker("honest");
        Lease consumer = fixture.pickOne(honest, LEAF);
        JobKey producer = lie.key();
        assertThat(queue.reject(honest, consumer, producer, QueueFixture.digest("other"), "no"))
                .isFalse();
        assertThat(queue.reject(honest, consumer, producer, result(lie).digest(), "does not verify"))
                .isTrue();
        assertThat(queue.pick(honest, List.of(LEAF), 1)).isEmpty();
        assertThat(queue.heartbeat(liar, Set.of())).isEmpty();
        assertThat(queue.pick(liar, List.of(PROVE), 1)).isEmpty();
        assertThatExceptionOfType(WorkerQuarantined.class)
                .isThrownBy(() -> fixture.worker("liar"))
                .withMessageContaining("does not verify");
        Lease again = fixture.pickOne(honest, PROVE);
        queue.finish(honest, again, result(again));
        assertThat(fixture.pickOne(honest, LEAF).jobId()).isEqualTo(consumer.jobId());
        assertThat(fixture.status.history(lie.jobId()))
                .extracting(JobView.Attempt::outcome)
                .containsExactly("rejected", "successful");
        new OperatorActions(fixture.database, "op", false).releaseWorker("liar");
        assertThat(fixture.worker("liar")).isNotEmpty();
    }

    @Test
    void aLostResultIsMadeAgainAndNobodyIsBlamed() {
        List<NewJob> first = List.of(
                NewJob.of(key(BATCH, PROVE, 0), List.of()).in("g"),
                NewJob.of(key(BATCH, LEAF, 0), List.of()).after("g"));
        queue.submit(QueueFixture.batch(BATCH), Plan.of(List.of(Plan.Group.of("g")), first));
        String worker = fixture.worker("w");
        Lease made = fixture.pickOne(worker, PROVE);
        queue.finish(worker, made, result(made));
        Lease consumer = fixture.pickOne(worker, LEAF);
        assertThat(queue.remake(worker, consumer, made.key(), ErrorCode.ARTIFACT_CORRUPT, "damaged"))
                .isTrue();
        assertThat(queue.pick(worker, List.of(LEAF), 1)).isEmpty();
        Lease again = fixture.pickOne(worker, PROVE);
        queue.finish(worker, again, result(again));
        assertThat(fixture.pickOne(worker, LEAF).jobId()).isEqualTo(consumer.jobId());
    }

    @Test
    void heartbeatsReturnPicksThatNeverArrived() throws Exception {
        try (QueueFixture quick = new QueueFixture(QueueFixture.QUICK)) {
            quick.submitProofs(271, 1, 2);
            String worker = quick.worker("w");
            List<Lease> leases = quick.queue.pick(worker, List.of(PROVE), 2);
            Set<Long> known = Set.of(leases.getFirst().jobId());
            Set<Long> held = new HashSet<>();
            do {
                Thread.sleep(100);
                held.clear();
                held.addAll(quick.queue.heartbeat(worker, known).orElseThrow());
            } while (held.size() > 1);
            assertThat(held).isEqualTo(known);
            assertThat(quick.pickOne(worker, PROVE).attempt()).isEqualTo(2);
        }
    }

    @Test
    void aWorkerThatWasAwayTooLongLosesItsJobsAndMayGoOn() throws Exception {
        try (QueueFixture quick = new QueueFixture(QueueFixture.QUICK)) {
            quick.submitProofs(271, 1, 1);
            String stale = quick.worker("stale");
            Lease lease = quick.pickOne(stale, PROVE);
            while (quick.status.job(lease.jobId()).orElseThrow().state() == JobState.IN_PROGRESS) {
                Thread.sleep(100);
                quick.queue.sweep();
            }
            assertThat(quick.status.workers().getFirst().state()).isEqualTo("lost");
            assertThat(quick.queue.pick(stale, List.of(PROVE), 1)).isEmpty();
            assertThat(quick.queue.finish(stale, lease, result(lease))).isEqualTo(FinishOutcome.REFUSED);
            assertThat(quick.queue.heartbeat(stale, Set.of(lease.jobId()))).contains(Set.of());
            List<Lease> again = List.of();
            while (again.isEmpty()) {
                quick.queue.heartbeat(stale, Set.of());
                quick.queue.sweep();
                again = quick.queue.await(stale, List.of(PROVE), 1, Duration.ofMillis(50), () -> false);
            }
            assertThat(again.getFirst().attempt()).isEqualTo(2);
        }
    }

    @Test
    void anAttemptThatRunsTooLongIsTakenAway() throws Exception {
        NewJob.Limits short1 = new NewJob.Limits(2, Duration.ofSeconds(1));
        NewJob job = NewJob.of(key(BATCH, PROVE, 0), List.of()).with(short1);
        queue.submit(QueueFixture.batch(BATCH), Plan.of(List.of(), List.of(job)));
        String worker = fixture.worker("w");
        Lease lease = fixture.pickOne(worker, PROVE);
        queue.sweep();
        assertThat(job(lease).state()).isEqualTo(JobState.IN_PROGRESS);
        while (job(lease).state() == JobState.IN_PROGRESS) {
            Thread.sleep(100);
            queue.heartbeat(worker, Set.of(lease.jobId()));
            queue.sweep();
        }
        assertThat(job(lease).error()).startsWith("TIMEOUT");
    }

    @Test
    void statusOfBatchesChainsAndVersions() {
        fixture.submitProofs(271, 1, 4);
        fixture.submitProofs(272, 8, 1);
        String worker = fixture.worker("w");
        Lease lease = fixture.pickOne(worker, PROVE);
        assertThat(fixture.status.chains()).containsExactly(new ChainId(271), new ChainId(272));
        assertThat(fixture.status.range(new ChainId(272))).contains(new QueueStatus.Range(8, 8));
        assertThat(fixture.status.range(new ChainId(5))).isEmpty();
        assertThat(fixture.status.versions()).hasSize(1);
        assertThat(fixture.status.counts())
                .extracting(QueueStatus.LaneCount::jobs)
                .contains(1L);
        assertThat(fixture.status.workers().getFirst().job()).isEqualTo(lease.jobId());
        assertThat(fixture.status.jobs(new JobView.Filter(null, null, JobState.IN_PROGRESS, null, 5)))
                .singleElement()
                .satisfies(view -> assertThat(view.leaseExpires()).isNotNull());
        queue.finish(worker, lease, result(lease));
        assertThat(status(lease.key().batch()).rounds().getFirst().done()).isEqualTo(1);
    }
}
