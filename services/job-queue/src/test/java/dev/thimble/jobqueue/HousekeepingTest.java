package dev.thimble.jobqueue;

import static dev.thimble.jobqueue.QueueFixture.EXECUTE;
import static dev.thimble.jobqueue.QueueFixture.PROVE;
import static dev.thimble.jobqueue.QueueFixture.key;
import static dev.thimble.jobqueue.QueueFixture.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.thimble.model.BatchId;
import dev.thimble.model.BatchState;
import dev.thimble.model.ErrorCode;
import dev.thimble.model.Round;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HousekeepingTest {
    private static final Duration LONG = Duration.ofDays(1);
    private static final BatchId BATCH = BatchId.of(271, 1);

    private final QueueFixture fixture = new QueueFixture();
    private final JobQueue queue = fixture.queue;
    private final String worker = fixture.worker("w");
    private final Housekeeping housekeeping = new Housekeeping(fixture.database);

    @AfterEach
    void close() {
        fixture.close();
    }

    private int archive(Duration done, Duration stopped) {
        return housekeeping.run(new Housekeeping.Kept(done, stopped, LONG)).archivedJobs();
    }

    private BatchStatus status() {
        return fixture.status.batch(BATCH).orElseThrow();
    }

    private Lease pick() {
        return fixture.pickOne(worker, PROVE);
    }

    private int rows(String table) {
        return fixture.database.transaction(handle -> handle.createQuery("SELECT count(*) FROM " + table)
                .mapTo(Integer.class)
                .one());
    }

    @Test
    void archivesWhatIsDoneAndDeletesWhatIsOld() {
        fixture.submitProofs(271, 1, 1);
        Lease lease = pick();
        queue.finish(worker, lease, result(lease, Plan.NOTHING.andState(BatchState.PROVEN)));
        assertThat(archive(LONG, Duration.ZERO)).isZero();
        assertThat(archive(Duration.ZERO, LONG)).isEqualTo(1);
        assertThat(housekeeping.isArchived(BATCH)).isTrue();
        assertThat(status().proofs().successful())
                .as("what was archived is still seen")
                .isEqualTo(1);
        assertThat(fixture.status.history(lease.jobId())).hasSize(1);
        Housekeeping.Kept nothing = new Housekeeping.Kept(Duration.ZERO, Duration.ZERO, Duration.ZERO);
        assertThat(housekeeping.run(nothing).deletedJobs()).isEqualTo(1);
        assertThat(fixture.status.history(lease.jobId())).isEmpty();
    }

    /** In a build without the later rounds basic_proven is the end; a batch with an open job is not done in any state. */
    @Test
    void aBatchIsDoneWhenAllItsJobsAre() {
        NewJob first = NewJob.of(key(BATCH, EXECUTE, 0), List.of());
        queue.submit(QueueFixture.batch(BATCH), Plan.of(List.of(), List.of(first)));
        Lease lease = fixture.pickOne(worker, EXECUTE);
        List<NewJob> proofs = QueueFixture.jobs(BATCH, PROVE, 2).stream()
                .map(job -> job.in("proofs"))
                .toList();
        queue.finish(
                worker,
                lease,
                result(lease, Plan.of(List.of(new Plan.Group("proofs", BatchState.BASIC_PROVEN)), proofs)));
        for (int i = 0; i < 2; i++) {
            assertThat(archive(Duration.ZERO, Duration.ZERO)).isZero();
            Lease proof = pick();
            assertThat(archive(Duration.ZERO, Duration.ZERO)).isZero();
            queue.finish(worker, proof, result(proof));
        }
        assertThat(status().state()).isEqualTo(BatchState.BASIC_PROVEN);
        assertThat(archive(Duration.ZERO, LONG)).isEqualTo(3);
        assertThat(rows("jobs") + rows("job_groups")).isZero();
    }

    @Test
    void whatIsStoppedIsKeptLongerAndCanBeBegunAgain() {
        fixture.submitProofs(271, 1, 2);
        queue.fail(worker, pick(), ErrorCode.BAD_INPUT, "no good");
        Lease running = pick();
        assertThat(archive(Duration.ZERO, Duration.ZERO)).as("one still runs").isZero();
        queue.finish(worker, running, result(running));
        assertThat(archive(Duration.ZERO, LONG)).isZero();
        assertThat(archive(LONG, Duration.ZERO)).isEqualTo(2);
        assertThat(status().state()).isEqualTo(BatchState.STOPPED);
        assertThat(status().proofs().failed()).isEqualTo(1);

        OperatorActions actions = new OperatorActions(fixture.database, "test", false);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> actions.restart(BATCH, Round.SCHEDULER))
                .withMessageContaining("has no jobs of round scheduler");
        assertThat(actions.restart(BATCH, Round.BASIC_CIRCUITS).changed()).isEqualTo(1);
        assertThat(status().state()).isEqualTo(BatchState.SEALED);
        assertThat(fixture.pickOne(worker, EXECUTE).key().batch()).isEqualTo(BATCH);
    }
}
