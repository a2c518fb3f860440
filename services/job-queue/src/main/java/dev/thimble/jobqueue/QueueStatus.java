package dev.thimble.jobqueue;

import dev.thimble.model.BatchId;
import dev.thimble.model.BatchState;
import dev.thimble.model.ChainId;
import dev.thimble.model.JobState;
import dev.thimble.model.ProtocolVersion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What operators see of the queue; nothing here changes anything. */
public final class QueueStatus {
    private final QueueDatabase database;

    public QueueStatus(QueueDatabase database) {
        this.database = database;
    }

    /** The chains that have batches. */
    public List<ChainId> chains() {
        return database.transaction(handle -> handle.createQuery("SELECT id FROM chains ORDER BY id")
                .map((row, context) -> new ChainId(row.getLong("id")))
                .list());
    }

    /** The batches of a chain with numbers from {@code first} on, in order, at most {@code limit}. */
    public List<BatchStatus> batches(ChainId chain, long first, int limit) {
        return database.transaction(handle -> {
            Map<Long, Progress> progress = progress(handle, chain, first, limit);
            return handle.createQuery("""
                    SELECT chain_id, number AS batch_number, protocol_version, state, priority, sealed_at, blocked_by,
                        blocked_reason
                    FROM batches WHERE chain_id = :chain AND number >= :first ORDER BY number LIMIT :limit
                    """)
                    .bind("chain", chain.value())
                    .bind("first", first)
                    .bind("limit", limit)
                    .map((row, context) ->
                            batch(row, progress.getOrDefault(row.getLong("batch_number"), new Progress())))
                    .list();
        });
    }

    /** One batch. */
    public Optional<BatchStatus> batch(BatchId id) {
        return batches(id.chain(), id.number(), 1).stream()
                .filter(status -> status.id().equals(id))
                .findFirst();
    }

    /** The lowest and the highest batch number of a chain. */
    public Optional<Range> range(ChainId chain) {
        return database.transaction(handle -> handle.createQuery(
                        "SELECT min(number) AS low, max(number) AS high FROM batches WHERE chain_id = :chain")
                .bind("chain", chain.value())
                .map((row, context) -> {
                    Long low = Rows.number(row, "low");
                    return low == null ? Optional.<Range>empty() : Optional.of(new Range(low, row.getLong("high")));
                })
                .one());
    }

    private static BatchStatus batch(ResultSet row, Progress progress) throws SQLException {
        String reason = row.getString("blocked_reason");
        BatchStatus.Blocker blocker =
                reason == null ? null : new BatchStatus.Blocker(Rows.number(row, "blocked_by"), reason);
        return new BatchStatus(
                Rows.batch(row),
                BatchState.parse(row.getString("state")),
                ProtocolVersion.parse(row.getString("protocol_version")),
                row.getInt("priority"),
                time(row, "sealed_at"),
                new BatchStatus.Proofs(progress.proofs[0], progress.proofs[1], progress.proofs[2], progress.proofs[3]),
                progress.rounds,
                progress.compression,
                blocker,
                progress.etaSeconds());
    }

    private static Map<Long, Progress> progress(Handle handle, ChainId chain, long first, int limit) {
        Map<Long, Progress> byBatch = new TreeMap<>();
        handle.createQuery("""
                SELECT j.batch_number, j.round, j.kind, j.circuit,
                    count(*) AS total,
                    count(*) FILTER (WHERE j.state = 'successful') AS successful,
                    count(*) FILTER (WHERE j.state IN ('dead', 'cancelled')) AS failed,
                    count(*) FILTER (WHERE j.state = 'in_progress') AS in_progress,
                    min(j.state) AS one_state,
                    extract(epoch FROM now() - min(j.started_at))::float8 AS elapsed
                FROM (
                    SELECT chain_id, batch_number, round, kind, circuit, state, started_at FROM jobs
                    UNION ALL
                    SELECT chain_id, batch_number, round, kind, circuit, state, started_at FROM jobs_archive
                    WHERE archived_because IN ('done', 'stopped')) j
                WHERE j.chain_id = :chain AND j.batch_number IN (
                    SELECT number FROM batches WHERE chain_id = :chain AND number >= :first ORDER BY number LIMIT :limit)
                GROUP BY j.batch_number, j.round, j.kind, j.circuit
                ORDER BY j.batch_number, j.round, j.circuit, j.kind
                """)
                .bind("chain", chain.value())
                .bind("first", first)
                .bind("limit", limit)
                .map((row, context) -> {
                    byBatch.computeIfAbsent(row.getLong("batch_number"), number -> new Progress())
                            .add(row);
                    return true;
                })
                .list();
        return byBatch;
    }

    /** Jobs in the order of their numbers. */
    public List<JobView> jobs(JobView.Filter filter) {
        JobState state = filter.state();
        return database.transaction(handle -> handle.createQuery(JOBS + """
                WHERE (:chain::bigint IS NULL OR j.chain_id = :chain)
                    AND (:batch::bigint IS NULL OR j.batch_number = :batch)
                    AND (:state::text IS NULL OR j.state = :state)
                    AND (:round::int IS NULL OR j.round = :round)
                ORDER BY j.id LIMIT :limit
                """)
                .bind("chain", filter.chain())
                .bind("batch", filter.batch())
                .bind("state", state == null ? null : state.wireName())
                .bind(
                        "round",
                        filter.round() == null ? null : (Integer) filter.round().number())
                .bind("limit", filter.limit())
                .map((row, context) -> job(row))
                .list());
    }

    /** One job. */
    public Optional<JobView> job(long id) {
        return database.transaction(handle -> handle.createQuery(JOBS + "WHERE j.id = :id")
                .bind("id", id)
                .map((row, context) -> job(row))
                .findFirst());
    }

    private static final String JOBS = """
            SELECT j.*, CASE WHEN j.state = 'in_progress' THEN w.lease_until END AS lease_until
            FROM jobs j LEFT JOIN workers w ON w.id = j.worker_id
            """;

    private static JobView job(ResultSet row) throws SQLException {
        String code = row.getString("error_code");
        return new JobView(
                row.getLong("id"),
                Rows.key(row),
                JobState.parse(row.getString("state")),
                row.getInt("attempt"),
                row.getInt("failures"),
                row.getInt("max_attempts"),
                row.getString("worker_id"),
                Rows.instant(row, "lease_until"),
                code == null ? null : code + ": " + row.getString("error_message"),
                time(row, "created_at"),
                Rows.instant(row, "started_at"),
                Rows.instant(row, "finished_at"),
                Lines.split(row.getString("output")));
    }

    /** All attempts at a job, also at one that was archived. */
    public List<JobView.Attempt> history(long job) {
        return database.transaction(handle -> handle.createQuery(
                        "SELECT * FROM job_attempts WHERE job_id = :job ORDER BY attempt")
                .bind("job", job)
                .map((row, context) -> new JobView.Attempt(
                        row.getInt("attempt"),
                        row.getString("worker_id"),
                        time(row, "started_at"),
                        Rows.instant(row, "finished_at"),
                        row.getString("outcome"),
                        row.getString("error_code"),
                        row.getString("error_category"),
                        row.getString("error_message")))
                .list());
    }

    /** Workers that were seen in the last hour or are quarantined. */
    public List<WorkerView> workers() {
        return database.transaction(handle -> handle.createQuery("""
                SELECT w.*, (SELECT min(j.id) FROM jobs j WHERE j.worker_id = w.id AND j.state = 'in_progress') AS job
                FROM workers w WHERE w.last_seen > now() - interval '1 hour' OR w.state = 'quarantined'
                ORDER BY w.component, w.id
                """)
                .map((row, context) -> new WorkerView(
                        row.getString("id"),
                        row.getString("name"),
                        row.getString("component"),
                        row.getString("software_version"),
                        row.getString("protocol_version"),
                        row.getString("address"),
                        row.getString("state"),
                        time(row, "last_seen"),
                        Rows.number(row, "job"),
                        row.getString("quarantine_reason")))
                .list());
    }

    /** Counts of jobs by version, lane and state, for metrics and autoscaling. */
    public List<LaneCount> counts() {
        return database.transaction(handle -> handle.createQuery("""
                SELECT protocol_version, chain_id, round, kind, state, count(*) AS n,
                    coalesce(extract(epoch FROM now() - min(queued_at) FILTER (WHERE state = 'queued')), 0)::float8 AS age
                FROM jobs GROUP BY protocol_version, chain_id, round, kind, state
                ORDER BY protocol_version, chain_id, round, kind, state
                """)
                .map((row, context) -> new LaneCount(
                        ProtocolVersion.parse(row.getString("protocol_version")),
                        new ChainId(row.getLong("chain_id")),
                        Rows.lane(row),
                        JobState.parse(row.getString("state")),
                        row.getLong("n"),
                        row.getDouble("age")))
                .list());
    }

    /** The protocol versions, oldest first. */
    public List<KnownVersion> versions() {
        return database.transaction(handle -> handle.createQuery("SELECT * FROM protocol_versions ORDER BY created_at")
                .map((row, context) -> new KnownVersion(
                        ProtocolVersion.parse(row.getString("version")),
                        row.getString("vk_set_digest"),
                        row.getString("snark_vk_hash")))
                .list());
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        Supplier<String> missing = () -> "column " + column + " is empty";
        return Objects.requireNonNull(Rows.instant(row, column), missing);
    }

    /** Batch numbers from {@code first} to {@code recent}. */
    public record Range(long first, long recent) {}

    /**
     * Jobs of one lane in one state.
     *
     * @param oldestQueuedSeconds how long the oldest of them has been queued, 0 in other states
     */
    public record LaneCount(
            ProtocolVersion version, ChainId chain, Lane lane, JobState state, long jobs, double oldestQueuedSeconds) {}

    /** A protocol version as it was registered. */
    public record KnownVersion(
            ProtocolVersion version,
            String vkSetDigest,
            @Nullable String snarkVkHash) {}

    /** Sums over the rows of one batch. */
    private static final class Progress {
        private final int[] proofs = new int[4];
        private final List<BatchStatus.RoundProgress> rounds = new ArrayList<>();
        private @Nullable String compression;
        private int done;
        private int total;
        private double elapsed;

        void add(ResultSet row) throws SQLException {
            int all = row.getInt("total");
            int successful = row.getInt("successful");
            int failed = row.getInt("failed");
            int running = row.getInt("in_progress");
            Lane lane = Rows.lane(row);
            switch (lane.kind()) {
                case PROVE -> {
                    proofs[0] += successful;
                    proofs[1] += failed;
                    proofs[2] += running;
                    proofs[3] += all - successful - failed - running;
                    rounds.add(new BatchStatus.RoundProgress(lane.round(), row.getString("circuit"), successful, all));
                }
                case COMPRESS -> compression = row.getString("one_state");
                case EXECUTE, COMMIT, CHALLENGE, AGGREGATE, VERIFY, SUBMIT -> {}
            }
            done += successful;
            total += all;
            elapsed = Math.max(elapsed, row.getDouble("elapsed"));
        }

        @Nullable
        Double etaSeconds() {
            return done == 0 ? null : elapsed * (total - done) / done;
        }
    }
}
