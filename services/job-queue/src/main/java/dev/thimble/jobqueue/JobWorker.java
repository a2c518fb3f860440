package dev.thimble.jobqueue;

import dev.thimble.model.ErrorCode;
import dev.thimble.model.JobKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop of every worker: pick, run, finish, with heartbeats and sweeps beside it. A job that throws, whatever it
 * throws, costs its attempt and nothing else. The database may go away and come back meanwhile.
 */
public final class JobWorker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobWorker.class);
    private static final Duration WAIT = Duration.ofMinutes(1);

    private final JobQueue queue;
    private final WorkerIdentity identity;
    private final Map<Lane, JobFunction> functions;
    private final Consumer<JobEvent> listener;
    private final int concurrency;
    private final Semaphore slots;
    private final Map<Long, Running> running = new ConcurrentHashMap<>();
    private final CountDownLatch picking = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean stopping;
    private volatile boolean givingBack;
    private volatile long lastHeartbeat;
    private volatile String id = "";

    /**
     * @param functions what to do, by lane
     * @param concurrency how many jobs to run at once
     * @param listener told of the end of every attempt, for metrics
     */
    public JobWorker(
            JobQueue queue,
            WorkerIdentity identity,
            Map<Lane, JobFunction> functions,
            int concurrency,
            Consumer<JobEvent> listener) {
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency must be at least 1 but is " + concurrency);
        }
        this.queue = queue;
        this.identity = identity;
        this.functions = Map.copyOf(functions);
        this.concurrency = concurrency;
        this.slots = new Semaphore(concurrency);
        this.listener = listener;
    }

    /** Enters the worker and begins to work. */
    public void start() {
        lastHeartbeat = System.nanoTime();
        id = queue.register(identity);
        Thread.ofPlatform().daemon().name(id + "-heartbeat").start(this::beat);
        Thread.ofPlatform().daemon().name(id + "-pick").start(this::loop);
        LOG.info("worker {} serves {} of protocol version {}", id, functions.keySet(), identity.version());
    }

    /** The id of this life of the worker; empty before {@link #start}. */
    public String id() {
        return id;
    }

    /** The number of jobs that run now. */
    public int busy() {
        return running.size();
    }

    /** Whether heartbeats reach the database and the worker is not on its way out. */
    public boolean isReady() {
        return !stopping
                && !id.isEmpty()
                && System.nanoTime() - lastHeartbeat < queue.policy().lease().toNanos();
    }

    private void loop() {
        try {
            while (!stopping) {
                slots.acquire();
                int count = 1 + slots.drainPermits();
                slots.release(count - startJobs(count));
            }
        } catch (InterruptedException e) {
            LOG.debug("picking interrupted", e);
        } finally {
            picking.countDown();
        }
    }

    /** Waits for up to {@code count} jobs and starts them; returns how many. */
    private int startJobs(int count) throws InterruptedException {
        try {
            List<Lease> leases = queue.await(id, functions.keySet(), count, WAIT, () -> stopping);
            for (Lease lease : leases) {
                Running job = new Running(lease);
                running.put(lease.jobId(), job);
                job.thread.start();
            }
            return leases.size();
        } catch (RuntimeException e) {
            LOG.warn("cannot pick jobs: {}", e.toString());
            Thread.sleep(queue.policy().sweep());
            return 0;
        }
    }

    private void beat() {
        while (stopped.getCount() > 0) {
            try {
                if (stopped.await(queue.policy().heartbeat().toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
                beatOnce();
                queue.sweep();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warn("heartbeat failed: {}", e.toString());
            }
        }
    }

    private void beatOnce() {
        List<Running> before = new ArrayList<>(running.values());
        Optional<Set<Long>> held = queue.heartbeat(id, Set.copyOf(running.keySet()));
        lastHeartbeat = System.nanoTime();
        if (held.isEmpty()) {
            LOG.error("worker {} gets no more jobs: it was quarantined or signed off", id);
            stopping = true;
            queue.wakeAll();
        }
        for (Running job : before) {
            if (!held.orElse(Set.of()).contains(job.lease.jobId()) && running.containsKey(job.lease.jobId())) {
                job.lost = true;
                job.thread.interrupt();
            }
        }
    }

    private void run(Running job) {
        long begun = System.nanoTime();
        JobEvent.Outcome outcome = JobEvent.Outcome.FAILED;
        try {
            JobFunction function = functions.get(
                    new Lane(job.lease.key().round(), job.lease.key().kind()));
            if (function == null) {
                throw new IllegalStateException("no function for " + job.lease.key());
            }
            JobResult result = function.run(job.lease);
            FinishOutcome finish = queue.finish(id, job.lease, result);
            outcome = finish == FinishOutcome.REFUSED ? JobEvent.Outcome.LEASE_LOST : JobEvent.Outcome.SUCCESSFUL;
        } catch (Throwable e) {
            outcome = report(job, e);
        } finally {
            running.remove(job.lease.jobId());
            slots.release();
            tell(job, outcome, begun);
        }
    }

    private JobEvent.Outcome report(Running job, Throwable problem) {
        boolean interrupted = Thread.interrupted() || problem instanceof InterruptedException;
        try {
            if (job.lost) {
                return JobEvent.Outcome.LEASE_LOST;
            }
            if (interrupted && givingBack) {
                queue.giveBack(id, job.lease);
                return JobEvent.Outcome.GIVEN_BACK;
            }
            if (problem instanceof ForeignResultRejected wrong) {
                return reject(job, wrong);
            }
            if (problem instanceof ResultLost lost && isMadeAgain(job, lost.producer(), lost.code(), lost)) {
                LOG.warn("{}; it is made again", describe(lost));
                return JobEvent.Outcome.FAILED;
            }
            ErrorCode code = code(problem);
            LOG.warn("job {} attempt {} failed with {}", job.lease.key(), job.lease.attempt(), code, problem);
            queue.fail(id, job.lease, code, describe(problem));
        } catch (RuntimeException e) {
            LOG.error("cannot report the failure of job {}; its lease will run out: {}", job.lease.key(), rootLine(e));
        }
        return JobEvent.Outcome.FAILED;
    }

    /** What was wrong first, without the statement that it was wrong in. */
    private static String rootLine(Throwable problem) {
        Throwable root = problem;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.toString().lines().findFirst().orElse("");
    }

    private JobEvent.Outcome reject(Running job, ForeignResultRejected wrong) {
        LOG.error("{}", describe(wrong));
        if (!isTakenBack(job, wrong) && !isMadeAgain(job, wrong.producer(), ErrorCode.ARTIFACT_CORRUPT, wrong)) {
            queue.fail(id, job.lease, wrong.code(), describe(wrong));
        }
        return JobEvent.Outcome.FAILED;
    }

    private boolean isTakenBack(Running job, ForeignResultRejected wrong) {
        try {
            return queue.reject(id, job.lease, wrong.producer(), wrong.digest(), describe(wrong));
        } catch (IllegalArgumentException builtUpon) {
            LOG.error("{}", describe(builtUpon));
            return false;
        }
    }

    private boolean isMadeAgain(Running job, JobKey producer, ErrorCode code, JobFailure problem) {
        try {
            return queue.remake(id, job.lease, producer, code, describe(problem));
        } catch (IllegalArgumentException builtUpon) {
            LOG.error("{}", describe(builtUpon));
            return false;
        }
    }

    private static ErrorCode code(Throwable problem) {
        return switch (problem) {
            case JobFailure failure -> failure.code();
            case OutOfMemoryError memory -> ErrorCode.OUT_OF_MEMORY;
            case DatabaseUnavailable database -> ErrorCode.DATABASE_UNAVAILABLE;
            default -> ErrorCode.INTERNAL_ERROR;
        };
    }

    private static String describe(Throwable problem) {
        String message = problem.getMessage();
        return problem instanceof JobFailure && message != null ? message : problem.toString();
    }

    private void tell(Running job, JobEvent.Outcome outcome, long begun) {
        try {
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            listener.accept(new JobEvent(job.lease, outcome, job.lease.waited(), took));
        } catch (RuntimeException e) {
            LOG.warn("listener failed", e);
        }
    }

    /**
     * Stops picking, waits for running jobs, and gives back those that are not done in time.
     *
     * @param grace how long to wait for running jobs
     */
    public void stop(Duration grace) throws InterruptedException {
        stopping = true;
        queue.wakeAll();
        picking.await(10, TimeUnit.SECONDS);
        boolean done = slots.tryAcquire(concurrency, grace.toMillis(), TimeUnit.MILLISECONDS);
        if (!done) {
            givingBack = true;
            running.values().forEach(job -> job.thread.interrupt());
            done = slots.tryAcquire(concurrency, 5, TimeUnit.SECONDS);
        }
        for (Running job : running.values()) {
            queue.giveBack(id, job.lease);
        }
        stopped.countDown();
        queue.signOff(id);
        LOG.info("worker {} stopped{}", id, done ? "" : "; some jobs did not heed the interrupt and were given back");
    }

    /** {@link #stop} that leaves running jobs ten seconds. */
    @Override
    public void close() {
        try {
            stop(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A job that runs on its thread. */
    private final class Running {
        private final Lease lease;
        private final Thread thread;
        private volatile boolean lost;

        Running(Lease lease) {
            this.lease = lease;
            this.thread = Thread.ofPlatform()
                    .name("job-" + lease.jobId() + "-" + lease.attempt())
                    .unstarted(() -> run(this));
        }
    }
}
