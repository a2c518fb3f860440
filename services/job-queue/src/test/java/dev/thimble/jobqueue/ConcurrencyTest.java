package dev.thimble.jobqueue;

import static dev.thimble.jobqueue.QueueFixture.EXECUTE;
import static dev.thimble.jobqueue.QueueFixture.LEAF;
import static dev.thimble.jobqueue.QueueFixture.PROVE;
import static dev.thimble.jobqueue.QueueFixture.key;
import static dev.thimble.jobqueue.QueueFixture.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.model.BatchId;
import dev.thimble.model.BatchState;
import dev.thimble.model.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Many workers at once, in an order that depends on a seed. */
class ConcurrencyTest {
    private static final long SEED = Long.getLong("thimble.test.seed", 20_261_122L);

    @Test
    void noJobIsPickedTwice() throws Exception {
        try (QueueFixture fixture = new QueueFixture()) {
            fixture.submitProofs(1, 1, 400);
            fixture.submitProofs(2, 1, 200);
            Set<Long> seen = ConcurrentHashMap.newKeySet();
            List<Callable<Integer>> workers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String worker = fixture.worker("w" + i);
                int size = 1 + i;
                workers.add(() -> {
                    int count = 0;
                    for (int empty = 0; empty < 3; ) {
                        List<Lease> leases = fixture.queue.pick(worker, List.of(PROVE), size);
                        empty = leases.isEmpty() ? empty + 1 : 0;
                        for (Lease lease : leases) {
                            assertThat(seen.add(lease.jobId())).isTrue();
                            assertThat(lease.attempt()).isEqualTo(1);
                            count++;
                        }
                    }
                    return count;
                });
            }
            assertThat(sum(workers)).isEqualTo(600);
        }
    }

    /**
     * Groups whose last members finish at the same moment, results delivered twice, failures and give-backs: the waiting
     * job is released exactly once, and the batch reaches its state.
     */
    @Test
    void roundsCompleteExactlyOnceWhateverTheOrder() throws Exception {
        System.out.println("seed " + SEED);
        try (QueueFixture fixture = new QueueFixture(QueueFixture.QUICK)) {
            int batches = 6;
            for (int i = 1; i <= batches; i++) {
                BatchId batch = BatchId.of(1 + i % 2, i);
                NewJob execute = NewJob.of(key(batch, EXECUTE, 0), List.of());
                fixture.queue.submit(QueueFixture.batch(batch), Plan.of(List.of(), List.of(execute)));
            }
            SplittableRandom random = new SplittableRandom(SEED);
            Set<String> released = ConcurrentHashMap.newKeySet();
            List<Callable<Integer>> workers = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                String worker = fixture.worker("w" + i);
                SplittableRandom own = random.split();
                workers.add(() -> work(fixture, worker, own, released, batches));
            }
            assertThat(sum(workers)).isEqualTo(batches);
            for (int i = 1; i <= batches; i++) {
                BatchStatus status =
                        fixture.status.batch(BatchId.of(1 + i % 2, i)).orElseThrow();
                assertThat(status.state()).as("batch %d, seed %d", i, SEED).isEqualTo(BatchState.BASIC_PROVEN);
                assertThat(status.proofs().successful()).isEqualTo(12);
            }
        }
    }

    /** Works until all leaf jobs are done; returns how many of them this worker finished. */
    private static int work(
            QueueFixture fixture, String worker, SplittableRandom random, Set<String> released, int batches)
            throws InterruptedException {
        int leaves = 0;
        while (released.size() < batches) {
            fixture.queue.heartbeat(worker, Set.of());
            fixture.queue.sweep();
            for (Lease lease : fixture.queue.pick(worker, QueueFixture.ALL, 1 + random.nextInt(3))) {
                if (random.nextInt(10) == 0) {
                    fixture.queue.fail(worker, lease, ErrorCode.WORKER_STOPPED, "by chance");
                } else {
                    leaves += finish(fixture, worker, lease, random, released);
                }
            }
            Thread.sleep(random.nextInt(5));
        }
        return leaves;
    }

    private static int finish(
            QueueFixture fixture, String worker, Lease lease, SplittableRandom random, Set<String> released) {
        boolean leaf = lease.key().round().equals(LEAF.round());
        boolean execute = lease.key().kind().equals(EXECUTE.kind());
        JobResult result = result(lease, execute ? afterExecution(lease.key().batch()) : Plan.NOTHING);
        FinishOutcome outcome = fixture.queue.finish(worker, lease, result);
        assertThat(outcome).isEqualTo(FinishOutcome.ACCEPTED);
        if (random.nextInt(3) == 0) {
            assertThat(fixture.queue.finish(worker, lease, result)).isEqualTo(FinishOutcome.ALREADY_DONE);
        }
        if (leaf) {
            assertThat(released.add(lease.key().toString())).isTrue();
        }
        return leaf ? 1 : 0;
    }

    private static Plan afterExecution(BatchId batch) {
        List<NewJob> jobs = new ArrayList<>();
        for (NewJob job : QueueFixture.jobs(batch, PROVE, 12)) {
            jobs.add(job.in("proofs"));
        }
        jobs.add(NewJob.of(key(batch, LEAF, 0), List.of()).after("proofs").in("leaves"));
        List<Plan.Group> groups = List.of(new Plan.Group("proofs", BatchState.BASIC_PROVEN), Plan.Group.of("leaves"));
        return Plan.of(groups, jobs).andState(BatchState.PROVING);
    }

    private static int sum(List<Callable<Integer>> tasks) throws Exception {
        int sum = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> task : threads.invokeAll(tasks)) {
                sum += task.get();
            }
        }
        return sum;
    }
}
