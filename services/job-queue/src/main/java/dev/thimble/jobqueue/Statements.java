package dev.thimble.jobqueue;

/** The statements of the queue that are longer than a line or used twice. */
final class Statements {
    private Statements() {}

    /** Inserts jobs given by column; gives the lanes of those that are queued. */
    static final String INSERT_JOBS = """
            WITH new AS (
                INSERT INTO jobs (chain_id, batch_number, round, kind, circuit, depth, sequence, protocol_version,
                    priority, batch_sealed_at, state, queued_at, max_attempts, timeout_seconds, group_id, waits_for,
                    created_by, input)
                SELECT b.chain_id, b.number, n.round, n.kind, n.circuit, n.depth, n.sequence, b.protocol_version,
                    b.priority, b.sealed_at,
                    CASE WHEN g.open > 0 THEN 'waiting' ELSE 'queued' END,
                    CASE WHEN g.open > 0 THEN NULL ELSE now() END,
                    n.max_attempts, n.timeout, n.group_id, n.waits_for, :createdBy, n.input
                FROM batches b
                CROSS JOIN unnest(:rounds, :kinds, :circuits, :depths, :sequences, :maxAttempts, :timeouts,
                    :groups, :waits, :inputs) WITH ORDINALITY
                    AS n (round, kind, circuit, depth, sequence, max_attempts, timeout, group_id, waits_for, input, place)
                LEFT JOIN job_groups g ON g.id = n.waits_for
                WHERE b.chain_id = :chain AND b.number = :batch
                ORDER BY n.place
                RETURNING round, kind, state)
            SELECT DISTINCT round, kind FROM new WHERE state = 'queued'
            """;

    /**
     * Picks up to {@code count} jobs: highest priority first, then one of each chain in turn (chains in random order),
     * then the oldest batch, then the lowest round. A worker of one chain gets only that chain's. Rows that another
     * worker is picking are passed over.
     */
    static final String PICK = """
            WITH me AS (
                SELECT id, protocol_version, chain_id FROM workers
                WHERE id = :worker AND state = 'active' AND lease_until > now()),
            lanes AS (SELECT * FROM unnest(:kinds, :rounds) AS l (kind, round)),
            shuffled AS MATERIALIZED (
                SELECT c.id, random() AS luck FROM chains c JOIN me ON me.chain_id IS NULL OR me.chain_id = c.id),
            candidates AS MATERIALIZED (
                SELECT c.*, s.luck, row_number() OVER (
                    PARTITION BY c.chain_id, c.priority
                    ORDER BY c.batch_sealed_at, c.batch_number, c.round, c.depth, c.sequence, c.id) AS turn
                FROM me CROSS JOIN shuffled s CROSS JOIN lanes l
                CROSS JOIN LATERAL (
                    SELECT j.id, j.chain_id, j.batch_number, j.priority, j.batch_sealed_at, j.round, j.depth, j.sequence
                    FROM jobs j
                    WHERE j.state = 'queued' AND j.protocol_version = me.protocol_version
                        AND j.kind = l.kind AND j.round = l.round AND j.chain_id = s.id
                    ORDER BY j.priority DESC, j.batch_sealed_at, j.batch_number, j.depth, j.sequence
                    LIMIT :count
                    FOR UPDATE OF j SKIP LOCKED) c),
            chosen AS (
                SELECT id FROM candidates
                ORDER BY priority DESC, turn, luck, batch_sealed_at, batch_number, round, depth, sequence, id
                LIMIT :count),
            picked AS (
                UPDATE jobs SET state = 'in_progress', attempt = attempt + 1, worker_id = :worker, started_at = now(),
                    finished_at = NULL
                WHERE id = ANY (ARRAY(SELECT id FROM chosen)) AND state = 'queued'
                RETURNING *),
            history AS (
                INSERT INTO job_attempts (job_id, attempt, worker_id, outcome)
                SELECT id, attempt, worker_id, 'running' FROM picked)
            SELECT p.*, b.input AS batch_input
            FROM picked p JOIN batches b ON b.chain_id = p.chain_id AND b.number = p.batch_number
            ORDER BY p.priority DESC, p.batch_sealed_at, p.batch_number, p.round, p.depth, p.sequence, p.id
            """;

    static final String HAS_WORK = """
            SELECT EXISTS (
                SELECT FROM workers w CROSS JOIN unnest(:kinds, :rounds) AS l (kind, round)
                CROSS JOIN LATERAL (
                    SELECT FROM jobs j
                    WHERE j.state = 'queued' AND j.protocol_version = w.protocol_version
                        AND j.kind = l.kind AND j.round = l.round
                        AND (w.chain_id IS NULL OR w.chain_id = j.chain_id)
                    LIMIT 1) one
                WHERE w.id = :worker AND w.state = 'active')
            """;

    /** Marks attempts as successful that are still under lease; gives those that were. */
    static final String FINISH = """
            WITH done AS (
                UPDATE jobs j SET state = 'successful', output = r.output, output_digest = r.digest, finished_at = now(),
                    error_code = NULL, error_message = NULL
                FROM unnest(:ids, :attempts, :outputs, :digests) AS r (id, attempt, output, digest)
                WHERE j.id = r.id AND j.attempt = r.attempt AND j.worker_id = :worker AND j.state = 'in_progress'
                RETURNING j.id, j.attempt, j.group_id, j.chain_id, j.batch_number),
            history AS (
                UPDATE job_attempts a SET outcome = 'successful', finished_at = now()
                FROM done WHERE a.job_id = done.id AND a.attempt = done.attempt)
            SELECT id, group_id, chain_id, batch_number FROM done
            """;

    /** Those of the given results that their jobs already have. */
    static final String ALREADY_DONE = """
            SELECT j.id FROM jobs j
            JOIN unnest(:ids, :digests) AS r (id, digest) ON r.id = j.id
            WHERE j.state = 'successful' AND j.output_digest = r.digest
            """;

    /** Counts members of groups as done; gives the groups that became complete. */
    static final String CLOSE_GROUPS = """
            WITH counts AS (SELECT * FROM unnest(:groups, :counts) AS c (id, done)),
            locked AS MATERIALIZED (
                SELECT id FROM job_groups WHERE id IN (SELECT id FROM counts) ORDER BY id FOR UPDATE),
            closed AS (
                UPDATE job_groups g SET open = g.open - c.done
                FROM counts c JOIN locked l ON l.id = c.id WHERE g.id = c.id
                RETURNING g.id, g.open, g.chain_id, g.batch_number, g.then_state)
            SELECT id, chain_id, batch_number, then_state FROM closed WHERE open = 0
            """;

    /** Queues what waited for complete groups; gives the lanes. */
    static final String RELEASE_WAITING = """
            WITH released AS (
                UPDATE jobs SET state = 'queued', queued_at = now()
                WHERE state = 'waiting' AND waits_for = ANY (:groups)
                RETURNING round, kind)
            SELECT DISTINCT round, kind FROM released
            """;

    /**
     * Ends attempts without a result, for those rows of {@code jobs} that the placeholder {@code <condition>} selects
     * ({@code <skip>} says whether to pass over locked rows): the job is retried after a growing, jittered pause, or is dead.
     */
    static final String FAIL = """
            WITH failing AS MATERIALIZED (
                SELECT j.id FROM jobs j WHERE j.state = 'in_progress' AND <condition>
                ORDER BY j.id FOR UPDATE OF j <skip>),
            failed AS (
                UPDATE jobs j SET
                    failures = j.failures + CASE WHEN :counts THEN 1 ELSE 0 END,
                    state = CASE
                        WHEN NOT :mayRetry OR (:counts AND j.failures + 1 >= j.max_attempts) THEN 'dead'
                        WHEN :counts THEN 'retrying'
                        ELSE 'queued' END,
                    queued_at = CASE WHEN :counts THEN NULL ELSE now() END,
                    run_after = now() + least(:pauseMax, :pause * power(2, j.failures))
                        * (0.5 + random()) * interval '1 millisecond',
                    finished_at = now(), error_code = :code, error_message = :message
                WHERE j.id IN (SELECT id FROM failing)
                RETURNING j.id, j.attempt, j.chain_id, j.batch_number, j.round, j.kind, j.state),
            history AS (
                UPDATE job_attempts a SET outcome = :outcome, finished_at = now(), error_code = :code,
                    error_category = :category, error_message = :message
                FROM failed WHERE a.job_id = failed.id AND a.attempt = failed.attempt)
            SELECT * FROM failed
            """;

    static final String STOP_BATCH = """
            UPDATE batches SET resume_state = state, state = 'stopped', blocked_by = :job, blocked_reason = :reason,
                updated_at = now()
            WHERE chain_id = :chain AND number = :batch AND state <> 'stopped'
            """;

    static final String PROMOTE_RETRYING = """
            WITH due AS (
                UPDATE jobs SET state = 'queued', queued_at = now()
                WHERE id IN (
                    SELECT id FROM jobs WHERE state = 'retrying' AND run_after <= now() FOR UPDATE SKIP LOCKED)
                RETURNING round, kind)
            SELECT DISTINCT round, kind FROM due
            """;
}
