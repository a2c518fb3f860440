package dev.thimble.jobqueue;

import static dev.thimble.jobqueue.QueueFixture.EXECUTE;
import static dev.thimble.jobqueue.QueueFixture.LEAF;
import static dev.thimble.jobqueue.QueueFixture.PROVE;
import static dev.thimble.jobqueue.QueueFixture.key;
import static dev.thimble.jobqueue.QueueFixture.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.thimble.model.BatchId;
import dev.thimble.model.BatchState;
import dev.thimble.model.ErrorCode;
import dev.thimble.model.JobKind;
import dev.thimble.model.JobState;
import dev.thimble.model.Round;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OperatorActionsTest {
    private static final BatchId BATCH = BatchId.of(271, 1);

    private QueueFixture fixture;
    private JobQueue queue;
    private OperatorActions actions;
    private OperatorActions dry;

    @BeforeEach
    void open() {
        fixture = new QueueFixture();
        queue = fixture.queue;
        actions = new OperatorActions(fixture.database, "alice", false);
        dry = new OperatorActions(fixture.database, "alice", true);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private BatchStatus status() {
        return fixture.status.batch(BATCH).orElseThrow();
    }

    private List<JobState> states() {
        return fixture.status.jobs(JobView.Filter.ALL).stream()
                .map(JobView::state)
                .toList();
    }

    @Test
    void requeueBringsADeadJobAndItsBatchBack() {
        fixture.submitProofs(271, 1, 2);
        String worker = fixture.worker("w");
        for (Lease lease : queue.pick(worker, List.of(PROVE), 2)) {
            queue.fail(worker, lease, ErrorCode.BAD_INPUT, "bad " + lease.key().sequence());
        }
        assertThat(dry.requeue(BATCH)).isEqualTo(new ActionReport(true, 2, ids()));
        assertThat(states()).containsOnly(JobState.DEAD);
        long first = ids().getFirst();
        assertThat(actions.requeue(List.of(first)).changed()).isEqualTo(1);
        assertThat(status().state()).isEqualTo(BatchState.STOPPED);
        assertThat(status().blockedBy()).isEqualTo(new BatchStatus.Blocker(ids().getLast(), "bad 1"));
        assertThat(actions.requeue(BATCH).changed()).isEqualTo(1);
        assertThat(status().state()).isEqualTo(BatchState.SEALED);
        assertThat(status().blockedBy()).isNull();
        assertThat(queue.pick(worker, List.of(PROVE), 5))
                .extracting(Lease::attempt)
                .containsExactly(2, 2);
        assertThat(audit()).containsExactly("requeue:true:2", "requeue:false:1", "requeue:false:1");
    }

    private List<Long> ids() {
        return fixture.status.jobs(JobView.Filter.ALL).stream().map(JobView::id).toList();
    }

    private List<String> audit() {
        return fixture.database.transaction(
                handle -> handle.createQuery("SELECT action || ':' || dry_run || ':' || changed FROM operator_actions"
                                + " WHERE operator = 'alice' ORDER BY id")
                        .mapTo(String.class)
                        .list());
    }

    @Test
    void cancelTakesJobsOutAndRequeueBringsThemBack() {
        fixture.submitProofs(271, 1, 3);
        String worker = fixture.worker("w");
        Lease done = fixture.pickOne(worker, PROVE);
        queue.finish(worker, done, result(done));
        Lease running = fixture.pickOne(worker, PROVE);
        assertThat(actions.cancel(BATCH).changed()).isEqualTo(2);
        assertThat(status().state()).isEqualTo(BatchState.STOPPED);
        assertThat(queue.heartbeat(worker, Set.of(running.jobId()))).contains(Set.of());
        assertThat(queue.finish(worker, running, result(running))).isEqualTo(FinishOutcome.REFUSED);
        assertThat(actions.requeue(BATCH).changed()).isEqualTo(2);
        assertThat(status().state()).isEqualTo(BatchState.SEALED);
        assertThat(states()).containsExactly(JobState.SUCCESSFUL, JobState.QUEUED, JobState.QUEUED);
    }

    @Test
    void restartFromALaterRoundKeepsTheEarlierOnes() {
        String worker = proveThroughLeaf();
        assertThat(dry.restart(BATCH, Round.LEAF_AGGREGATION).changed()).isEqualTo(2);
        assertThat(states()).hasSize(5).containsOnly(JobState.SUCCESSFUL);
        ActionReport report = actions.restart(BATCH, Round.LEAF_AGGREGATION);
        assertThat(report.changed()).isEqualTo(2);
        assertThat(states()).hasSize(4).containsOnlyOnce(JobState.QUEUED);
        assertThat(status().state()).isEqualTo(BatchState.AGGREGATING);
        finishLeaf(worker);
        assertThat(states()).hasSize(5).containsOnly(JobState.SUCCESSFUL);
        assertThat(status().state()).isEqualTo(BatchState.AGGREGATED);
    }

    @Test
    void restartFromTheFirstRoundDoesEverythingAgain() {
        String worker = proveThroughLeaf();
        assertThat(actions.restart(BATCH, Round.BASIC_CIRCUITS).changed()).isEqualTo(5);
        assertThat(states()).containsExactly(JobState.QUEUED);
        assertThat(status().state()).isEqualTo(BatchState.SEALED);
        finishBasic(worker);
        finishLeaf(worker);
        assertThat(status().state()).isEqualTo(BatchState.AGGREGATED);
        assertThat(states()).hasSize(5).containsOnly(JobState.SUCCESSFUL);
    }

    @Test
    void restartInTheMiddleRefusesWhatIsStillRunning() {
        queue.submit(
                QueueFixture.batch(BATCH), Plan.of(List.of(), List.of(NewJob.of(key(BATCH, EXECUTE, 0), List.of()))));
        String worker = fixture.worker("w");
        Lease execute = fixture.pickOne(worker, EXECUTE);
        queue.finish(worker, execute, result(execute, afterExecution()));
        Lease running = fixture.pickOne(worker, PROVE);
        actions.restart(BATCH, Round.BASIC_CIRCUITS);
        assertThat(queue.finish(worker, running, result(running))).isEqualTo(FinishOutcome.REFUSED);
        Lease again = fixture.pickOne(worker, EXECUTE);
        assertThat(queue.finish(worker, execute, result(execute, afterExecution())))
                .isEqualTo(FinishOutcome.REFUSED);
        assertThat(queue.finish(worker, again, result(again, afterExecution()))).isEqualTo(FinishOutcome.ACCEPTED);
    }

    @Test
    void restartOfADeadBatchClearsTheStop() {
        queue.submit(
                QueueFixture.batch(BATCH), Plan.of(List.of(), List.of(NewJob.of(key(BATCH, EXECUTE, 0), List.of()))));
        String worker = fixture.worker("w");
        queue.fail(worker, fixture.pickOne(worker, EXECUTE), ErrorCode.BAD_INPUT, "no");
        assertThat(status().state()).isEqualTo(BatchState.STOPPED);
        actions.restart(BATCH, Round.BASIC_CIRCUITS);
        assertThat(status().state()).isEqualTo(BatchState.SEALED);
        assertThat(status().blockedBy()).isNull();
    }

    @Test
    void restartOfARoundThatIsNotThereIsRefused() {
        fixture.submitProofs(271, 1, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> actions.restart(BATCH, Round.SCHEDULER))
                .withMessageContaining("scheduler");
        assertThatIllegalArgumentException().isThrownBy(() -> actions.requeue(BatchId.of(271, 99)));
        assertThatIllegalArgumentException().isThrownBy(() -> actions.releaseWorker("nobody"));
    }

    /** execute, two proofs, then one leaf job that makes one leaf proof. */
    private String proveThroughLeaf() {
        queue.submit(
                QueueFixture.batch(BATCH), Plan.of(List.of(), List.of(NewJob.of(key(BATCH, EXECUTE, 0), List.of()))));
        String worker = fixture.worker("w");
        finishBasic(worker);
        finishLeaf(worker);
        return worker;
    }

    private void finishBasic(String worker) {
        Lease execute = fixture.pickOne(worker, EXECUTE);
        queue.finish(worker, execute, result(execute, afterExecution()));
        for (Lease proof : queue.pick(worker, List.of(PROVE), 2)) {
            queue.finish(worker, proof, result(proof));
        }
    }

    private static Plan afterExecution() {
        List<NewJob> jobs = new ArrayList<>();
        for (NewJob job : QueueFixture.jobs(BATCH, PROVE, 2)) {
            jobs.add(job.in("proofs"));
        }
        jobs.add(NewJob.of(key(BATCH, LEAF, 0), List.of()).after("proofs"));
        return Plan.of(List.of(Plan.Group.of("proofs")), jobs).andState(BatchState.PROVING);
    }

    private void finishLeaf(String worker) {
        Lane leafProof = new Lane(Round.LEAF_AGGREGATION, JobKind.PROVE);
        Lease leaf = fixture.pickOne(worker, LEAF);
        NewJob proof = NewJob.of(key(BATCH, leafProof, 0), List.of()).in("leaves");
        Plan plan = Plan.of(List.of(new Plan.Group("leaves", BatchState.AGGREGATED)), List.of(proof));
        queue.finish(worker, leaf, result(leaf, plan));
        Lease proving = fixture.pickOne(worker, leafProof);
        queue.finish(worker, proving, result(proving));
    }
}
