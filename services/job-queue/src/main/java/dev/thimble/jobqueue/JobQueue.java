package dev.thimble.jobqueue;

import dev.thimble.model.BatchId;
import dev.thimble.model.BatchState;
import dev.thimble.model.ErrorCode;
import dev.thimble.model.JobKey;
import dev.thimble.model.ProtocolVersion;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The queue. Every method is one transaction; all may be called from any thread and, after a failure, again.
 *
 * <p>The life of a job: {@link #submit} or {@link #finish} creates it, {@link #pick} leases it, and {@link #finish},
 * {@link #fail} or {@link #giveBack} ends the attempt. {@link #sweep} ends the attempts of those who no longer can.
 */
public final class JobQueue implements AutoCloseable {
    private final QueueDatabase database;
    private final RetryPolicy policy;
    private final Signals signals;

    /** Uses {@code database}, which stays open when this is closed. */
    public JobQueue(QueueDatabase database, RetryPolicy policy) {
        this.database = database;
        this.policy = policy;
        this.signals = new Signals(database.address());
        signals.start();
    }

    public RetryPolicy policy() {
        return policy;
    }

    QueueDatabase database() {
        return database;
    }

    /**
     * Enters a protocol version.
     *
     * @param vkSetDigest the digest of its verification keys
     * @param snarkVkHash the hash of the key that L1 verifies with, or null where the build has none
     * @throws IllegalArgumentException if the version is known with other keys
     */
    public void registerVersion(ProtocolVersion version, String vkSetDigest, @Nullable String snarkVkHash) {
        database.transaction(handle -> {
            handle.createUpdate("""
                    INSERT INTO protocol_versions (version, vk_set_digest, snark_vk_hash) VALUES (:version, :vk, :snark)
                    ON CONFLICT DO NOTHING
                    """)
                    .bind("version", version.toString())
                    .bind("vk", vkSetDigest)
                    .bind("snark", snarkVkHash)
                    .execute();
            String known = handle.createQuery("SELECT vk_set_digest FROM protocol_versions WHERE version = :version")
                    .bind("version", version.toString())
                    .mapTo(String.class)
                    .one();
            if (!known.equals(vkSetDigest)) {
                throw new IllegalArgumentException("protocol version " + version + " is registered with keys " + known
                        + " but this build has " + vkSetDigest);
            }
            return true;
        });
    }

    /**
     * Enters a sealed batch with its first jobs.
     *
     * @return whether it is new; {@code false} if the very same batch was submitted before
     * @throws IllegalArgumentException if the batch is known with another input or version, or its version is unknown
     */
    public boolean submit(NewBatch batch, Plan plan) {
        return database.transaction(handle -> {
            BatchId id = batch.id();
            requireVersion(handle, batch.version());
            handle.createUpdate("INSERT INTO chains (id) VALUES (:chain) ON CONFLICT DO NOTHING")
                    .bind("chain", id.chain().value())
                    .execute();
            int rows = handle.createUpdate("""
                    INSERT INTO batches (chain_id, number, protocol_version, state, priority, sealed_at, input)
                    VALUES (:chain, :batch, :version, :state, :priority, :sealed, :input) ON CONFLICT DO NOTHING
                    """)
                    .bind("chain", id.chain().value())
                    .bind("batch", id.number())
                    .bind("version", batch.version().toString())
                    .bind("state", BatchState.SEALED.wireName())
                    .bind("priority", batch.priority())
                    .bind("sealed", batch.sealedAt())
                    .bind("input", Lines.join(batch.input()))
                    .execute();
            if (rows == 0) {
                requireSame(handle, batch);
                return false;
            }
            Notifier.notify(handle, new Planner(handle, id, null, null).create(plan));
            return true;
        });
    }

    private static void requireVersion(Handle handle, ProtocolVersion version) {
        boolean known = handle.createQuery("SELECT EXISTS (SELECT FROM protocol_versions WHERE version = :version)")
                .bind("version", version.toString())
                .mapTo(Boolean.class)
                .one();
        if (!known) {
            throw new IllegalArgumentException("protocol version " + version + " is not registered");
        }
    }

    private static void requireSame(Handle handle, NewBatch batch) {
        boolean same = handle.createQuery("""
                SELECT protocol_version = :version AND input = :input
                FROM batches WHERE chain_id = :chain AND number = :batch
                """)
                .bind("version", batch.version().toString())
                .bind("input", Lines.join(batch.input()))
                .bind("chain", batch.id().chain().value())
                .bind("batch", batch.id().number())
                .mapTo(Boolean.class)
                .one();
        if (!same) {
            throw new IllegalArgumentException(
                    "batch " + batch.id() + " was submitted before with another input or protocol version");
        }
    }

    /**
     * Enters a worker, which from now on must send heartbeats.
     *
     * @return the id of this life of the worker
     * @throws WorkerQuarantined if a worker of this name is quarantined
     * @throws IllegalArgumentException if its protocol version is unknown
     */
    public String register(WorkerIdentity identity) {
        return database.transaction(handle -> {
            requireVersion(handle, identity.version());
            return new Workers(handle, policy).register(identity);
        });
    }

    /**
     * Keeps a worker and its leases alive.
     *
     * @param known the jobs the worker knows that it holds; others that it holds by the table are queued again
     * @return the jobs it holds, or nothing if the worker was stopped or quarantined
     */
    public Optional<Set<Long>> heartbeat(String worker, Set<Long> known) {
        return database.transaction(handle -> new Workers(handle, policy).heartbeat(worker, known));
    }

    /** Signs a worker off; what it still holds is taken away by the next sweep. */
    public void signOff(String worker) {
        database.transaction(handle -> {
            new Workers(handle, policy).stop(worker);
            return true;
        });
    }

    /**
     * Leases up to {@code count} jobs: highest priority first, then each chain in turn, then the oldest batch, then the
     * lowest round. Empty if there are none, or if the worker is stopped, lost or quarantined.
     */
    public List<Lease> pick(String worker, Collection<Lane> lanes, int count) {
        if (count < 1) {
            throw new IllegalArgumentException("count must be at least 1 but is " + count);
        }
        return database.transaction(handle -> handle.createQuery(Statements.PICK)
                .bind("worker", worker)
                .bind("count", count)
                .bindArray("kinds", String.class, kinds(lanes))
                .bindArray("rounds", Integer.class, rounds(lanes))
                .map((row, context) -> Rows.lease(row))
                .list());
    }

    /**
     * As {@link #pick}, but waits for jobs.
     *
     * @param limit how long to wait; without a notification the queue is looked at every safety tick
     * @param stop asked whenever the thread is woken; when true, nothing more is picked
     */
    public List<Lease> await(String worker, Collection<Lane> lanes, int count, Duration limit, BooleanSupplier stop)
            throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            long seen = signals.seen(lanes);
            if (stop.getAsBoolean() || signals.isClosed()) {
                return List.of();
            }
            List<Lease> picked = pick(worker, lanes, count);
            Duration left = Duration.ofNanos(deadline - System.nanoTime());
            if (!picked.isEmpty() || left.isNegative() || left.isZero()) {
                return picked;
            }
            if (hasWork(worker, lanes)) {
                Thread.sleep(5);
            } else {
                Duration tick = policy.safetyTick();
                signals.await(lanes, seen, left.compareTo(tick) < 0 ? left : tick);
            }
        }
    }

    private boolean hasWork(String worker, Collection<Lane> lanes) {
        return database.transaction(handle -> handle.createQuery(Statements.HAS_WORK)
                .bind("worker", worker)
                .bindArray("kinds", String.class, kinds(lanes))
                .bindArray("rounds", Integer.class, rounds(lanes))
                .mapTo(Boolean.class)
                .one());
    }

    private static List<String> kinds(Collection<Lane> lanes) {
        return lanes.stream().map(lane -> lane.kind().wireName()).toList();
    }

    private static List<Integer> rounds(Collection<Lane> lanes) {
        return lanes.stream().map(lane -> lane.round().number()).toList();
    }

    /** Wakes every thread that is in {@link #await}. */
    public void wakeAll() {
        signals.wakeAll();
    }

    /**
     * Ends attempts with their results, and creates what follows from them in the same transaction.
     *
     * @throws IllegalArgumentException if a plan is impossible; then nothing is changed
     */
    public Map<Long, FinishOutcome> finish(String worker, List<Finished> results) {
        Set<Long> jobs = new HashSet<>();
        results.forEach(finished -> jobs.add(finished.lease().jobId()));
        if (jobs.size() != results.size()) {
            throw new IllegalArgumentException("two results of one job in one call");
        }
        return database.transaction(handle -> new Finisher(handle, worker).finish(results));
    }

    /** {@link #finish(String, List)} of one attempt. */
    public FinishOutcome finish(String worker, Lease lease, JobResult result) {
        FinishOutcome outcome =
                finish(worker, List.of(new Finished(lease, result))).get(lease.jobId());
        return outcome == null ? FinishOutcome.REFUSED : outcome;
    }

    /**
     * Ends an attempt without a result. What happens to the job depends on the code: bad input is dead at once, everything
     * else is tried again after a pause until its attempts are used up.
     *
     * @return whether the attempt was still under lease
     */
    public boolean fail(String worker, Lease lease, ErrorCode code, String message) {
        return database.transaction(handle -> new Failer(handle, policy).failOne(worker, lease, code, message));
    }

    /** Ends an attempt that the worker cannot go on with; it does not count as a failure. */
    public boolean giveBack(String worker, Lease lease) {
        return fail(worker, lease, ErrorCode.WORKER_STOPPED, "the worker was stopped");
    }

    /**
     * Reports that the result of an earlier job is wrong, and ends the attempt that found out: the job is queued again,
     * its worker quarantined, and the consumer waits again.
     *
     * @param consumer the attempt that found the result wrong
     * @param producer the job whose result is wrong
     * @param digest the digest of the wrong result
     * @return whether the job had that result
     * @throws IllegalArgumentException if other jobs have been created by the wrong result
     */
    public boolean reject(String worker, Lease consumer, JobKey producer, String digest, String reason) {
        return database.transaction(
                handle -> new Rejecter(handle, policy).reject(worker, consumer, producer, digest, reason));
    }

    /**
     * Reports that the result of an earlier job is lost, and ends the attempt that found out: the job is queued again and
     * the consumer waits again. Nobody is quarantined.
     *
     * @return whether the job was successful until now
     * @throws IllegalArgumentException if other jobs have been created by the result
     */
    public boolean remake(String worker, Lease consumer, JobKey producer, ErrorCode code, String reason) {
        return database.transaction(
                handle -> new Rejecter(handle, policy).remake(worker, consumer, producer, code, reason));
    }

    /**
     * Ends attempts of dead workers and overdue attempts, and queues jobs whose pause is over. Every process that has a
     * queue should call it every {@link RetryPolicy#sweep}; one at a time does the work.
     *
     * @return whether this call did it
     */
    public boolean sweep() {
        return database.transaction(handle -> Sweeper.sweep(handle, policy));
    }

    @Override
    public void close() {
        signals.close();
    }
}
