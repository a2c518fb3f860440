package dev.thimble.jobqueue;

import dev.thimble.model.BatchId;
import dev.thimble.model.JobKey;
import dev.thimble.model.JobKind;
import dev.thimble.model.ProtocolVersion;
import dev.thimble.model.Round;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Measures the queue on a database that holds nothing else. */
public final class QueueBench {
    private static final long CHAIN = 9_001;
    private static final int JOBS_PER_BATCH = 10_000;
    private static final Lane BACKLOG = new Lane(Round.BASIC_CIRCUITS, JobKind.PROVE);
    private static final Lane ARRIVING = new Lane(Round.LEAF_AGGREGATION, JobKind.PROVE);
    private static final ProtocolVersion VERSION = new ProtocolVersion(0, 0, 0);
    private static final JobResult RESULT = new JobResult(List.of(), "0".repeat(64), Plan.NOTHING);

    private final JobQueue queue;
    private final AtomicLong batchNumber = new AtomicLong();

    public QueueBench(JobQueue queue) {
        this.queue = queue;
        queue.registerVersion(VERSION, "00", null);
    }

    private String register(String name) {
        return queue.register(new WorkerIdentity(name, "bench", "bench", VERSION));
    }

    /** Latencies in milliseconds. */
    public record Latency(double p50, double p99, double maximum, int samples) {
        static Latency of(double[] millis) {
            double[] sorted = millis.clone();
            Arrays.sort(sorted);
            int n = sorted.length;
            return new Latency(sorted[n / 2], sorted[Math.min(n - 1, n * 99 / 100)], sorted[n - 1], n);
        }
    }

    /** Queues jobs that stay behind. */
    public void fill(int jobs) {
        for (int left = jobs; left > 0; left -= JOBS_PER_BATCH) {
            submit(BACKLOG, Math.min(left, JOBS_PER_BATCH));
        }
    }

    private BatchId submit(Lane lane, int jobs) {
        BatchId batch = BatchId.of(CHAIN, batchNumber.getAndIncrement());
        List<NewJob> plan = new ArrayList<>();
        for (int i = 0; i < jobs; i++) {
            JobKey key = new JobKey(batch, lane.round(), lane.kind(), "MAIN_VM", 0, i);
            plan.add(NewJob.of(key, List.of("bench/" + i)));
        }
        queue.submit(new NewBatch(batch, VERSION, Instant.now(), 0, List.of()), Plan.of(List.of(), plan));
        return batch;
    }

    /**
     * Threads pick and finish as fast as they can.
     *
     * @param pickSize jobs per pick, finished together
     * @return jobs per second
     */
    public double closedLoop(int threads, int pickSize, Duration duration)
            throws InterruptedException, ExecutionException {
        long begin = System.nanoTime();
        long end = begin + duration.toNanos();
        AtomicInteger done = new AtomicInteger();
        List<Callable<Boolean>> loops = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Worker worker = new Worker("closed-" + i);
            loops.add(() -> {
                while (System.nanoTime() < end) {
                    List<Lease> leases = queue.pick(worker.id, List.of(BACKLOG), pickSize);
                    worker.finish(leases);
                    done.addAndGet(leases.size());
                }
                return true;
            });
        }
        runAll(loops);
        return done.get() / ((System.nanoTime() - begin) / 1e9);
    }

    /** A worker of one thread, which sends its heartbeat between two jobs when it is due. */
    private final class Worker {
        private final String id;
        private long lastHeartbeat = System.nanoTime();

        Worker(String name) {
            this.id = register(name);
        }

        void finish(List<Lease> leases) {
            if (!leases.isEmpty()) {
                queue.finish(
                        id,
                        leases.stream()
                                .map(lease -> new Finished(lease, RESULT))
                                .toList());
            }
            if (System.nanoTime() - lastHeartbeat > queue.policy().heartbeat().toNanos()) {
                queue.heartbeat(id, Set.of());
                lastHeartbeat = System.nanoTime();
            }
        }
    }

    /**
     * Jobs arrive at a fixed rate, whatever the queue does; the latency of a job runs from the moment it should have
     * arrived to the moment a worker has it.
     */
    public Latency openLoop(int jobsPerSecond, int threads, Duration duration)
            throws InterruptedException, ExecutionException {
        int total = Math.toIntExact(jobsPerSecond * duration.toSeconds());
        double[] millis = new double[total];
        AtomicInteger received = new AtomicInteger();
        AtomicBoolean stop = new AtomicBoolean();
        ConcurrentHashMap<BatchId, Integer> firstOfBatch = new ConcurrentHashMap<>();
        long begin = System.nanoTime() + 200_000_000L;
        List<Callable<Boolean>> tasks = new ArrayList<>();
        tasks.add(() -> arrive(total, jobsPerSecond, begin, firstOfBatch));
        for (int i = 0; i < threads; i++) {
            Worker worker = new Worker("open-" + i);
            tasks.add(() -> {
                while (received.get() < total && !stop.get()) {
                    List<Lease> leases =
                            queue.await(worker.id, List.of(ARRIVING), 64, Duration.ofMillis(500), stop::get);
                    long now = System.nanoTime();
                    for (Lease lease : leases) {
                        Integer first = firstOfBatch.get(lease.key().batch());
                        int index = (first == null ? 0 : first) + lease.key().sequence();
                        millis[index] = (now - begin - index * 1_000_000_000L / jobsPerSecond) / 1e6;
                    }
                    worker.finish(leases);
                    received.addAndGet(leases.size());
                }
                stop.set(true);
                queue.wakeAll();
                return true;
            });
        }
        runAll(tasks);
        return Latency.of(millis);
    }

    /** Submits whatever has become due since the last submission. */
    private boolean arrive(int total, int jobsPerSecond, long begin, ConcurrentHashMap<BatchId, Integer> firstOfBatch)
            throws InterruptedException {
        for (int next = 0; next < total; ) {
            long elapsed = System.nanoTime() - begin;
            int due = (int) Math.min(total, elapsed < 0 ? 0 : elapsed * jobsPerSecond / 1_000_000_000L + 1);
            if (due > next) {
                firstOfBatch.put(BatchId.of(CHAIN, batchNumber.get()), next);
                submit(ARRIVING, due - next);
                next = due;
            } else {
                Thread.sleep(1);
            }
        }
        return true;
    }

    /** The time from the submission of a job to an idle worker having it. */
    public Latency wakeUp(int samples) throws InterruptedException, ExecutionException {
        double[] millis = new double[samples];
        Worker worker = new Worker("idle");
        try (ExecutorService waiter = Executors.newSingleThreadExecutor()) {
            for (int i = 0; i < samples; i++) {
                Future<List<Lease>> waiting = waiter.submit(
                        () -> queue.await(worker.id, List.of(ARRIVING), 1, Duration.ofSeconds(20), () -> false));
                Thread.sleep(100);
                long begin = System.nanoTime();
                submit(ARRIVING, 1);
                List<Lease> leases = waiting.get();
                millis[i] = (System.nanoTime() - begin) / 1e6;
                worker.finish(leases);
            }
        }
        return Latency.of(millis);
    }

    /** The seconds from a worker's last sign of life to its job being taken away. */
    public double deadWorkerSeconds() throws InterruptedException {
        submit(ARRIVING, 1);
        String doomed = register("doomed");
        Lease lease = queue.pick(doomed, List.of(ARRIVING), 1).getFirst();
        long begin = System.nanoTime();
        queue.heartbeat(doomed, Set.of(lease.jobId()));
        while (isHeld(lease)) {
            Thread.sleep(queue.policy().sweep().toMillis());
            queue.sweep();
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    private boolean isHeld(Lease lease) {
        return new QueueStatus(queue.database())
                .job(lease.jobId())
                .map(job -> job.leaseExpires() != null)
                .orElse(false);
    }

    private static void runAll(List<Callable<Boolean>> tasks) throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().name("bench-", 0).factory())) {
            for (Future<Boolean> task : threads.invokeAll(tasks)) {
                task.get();
            }
        }
    }
}
