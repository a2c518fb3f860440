-- Times are those of the database: no other clock takes part in any decision.

CREATE TABLE protocol_versions (
    version             text PRIMARY KEY,
    vk_set_digest       text NOT NULL,
    snark_vk_hash       text,
    created_at          timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE chains (
    id                  bigint PRIMARY KEY CHECK (id > 0),
    first_seen          timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE batches (
    chain_id            bigint NOT NULL REFERENCES chains (id),
    number              bigint NOT NULL CHECK (number >= 0),
    protocol_version    text NOT NULL REFERENCES protocol_versions (version),
    state               text NOT NULL,
    priority            integer NOT NULL DEFAULT 0,
    sealed_at           timestamptz NOT NULL,
    input               text NOT NULL,
    -- Where to go back to, what blocks and why, while the state is 'stopped'.
    resume_state        text,
    blocked_by          bigint,
    blocked_reason      text,
    created_at          timestamptz NOT NULL DEFAULT now(),
    updated_at          timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (chain_id, number),
    CHECK ((state = 'stopped') = (resume_state IS NOT NULL))
);

-- Jobs that others wait for: when the last member is successful, the waiting jobs are queued.
CREATE TABLE job_groups (
    id                  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    chain_id            bigint NOT NULL,
    batch_number        bigint NOT NULL,
    name                text NOT NULL,
    open                integer NOT NULL CHECK (open >= 0),
    then_state          text,
    created_by          bigint,
    UNIQUE (chain_id, batch_number, name),
    FOREIGN KEY (chain_id, batch_number) REFERENCES batches (chain_id, number)
);

CREATE TABLE workers (
    id                  text PRIMARY KEY,
    name                text NOT NULL,
    component           text NOT NULL,
    software_version    text NOT NULL,
    protocol_version    text NOT NULL REFERENCES protocol_versions (version),
    state               text NOT NULL CHECK (state IN ('active', 'stopped', 'lost', 'quarantined')),
    quarantine_reason   text,
    started_at          timestamptz NOT NULL DEFAULT now(),
    last_seen           timestamptz NOT NULL DEFAULT now(),
    lease_until         timestamptz NOT NULL
);
CREATE INDEX workers_quarantined ON workers (name) WHERE state = 'quarantined';
CREATE INDEX workers_active ON workers (lease_until) WHERE state = 'active';

CREATE TABLE jobs (
    id                  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    chain_id            bigint NOT NULL,
    batch_number        bigint NOT NULL,
    round               smallint NOT NULL,
    kind                text NOT NULL,
    circuit             text NOT NULL,
    depth               integer NOT NULL,
    sequence            integer NOT NULL,
    protocol_version    text NOT NULL REFERENCES protocol_versions (version),
    priority            integer NOT NULL,
    batch_sealed_at     timestamptz NOT NULL,
    state               text NOT NULL CHECK
        (state IN ('waiting', 'queued', 'in_progress', 'successful', 'retrying', 'dead', 'cancelled')),
    -- The number of the latest attempt; it only grows, so a late result is told by its number.
    attempt             integer NOT NULL DEFAULT 0,
    failures            integer NOT NULL DEFAULT 0,
    max_attempts        integer NOT NULL CHECK (max_attempts > 0),
    timeout_seconds     integer NOT NULL CHECK (timeout_seconds > 0),
    run_after           timestamptz,
    worker_id           text,
    group_id            bigint REFERENCES job_groups (id),
    waits_for           bigint REFERENCES job_groups (id),
    created_by          bigint,
    -- Paths of artifacts, one a line.
    input               text NOT NULL,
    output              text,
    output_digest       text,
    error_code          text,
    error_message       text,
    created_at          timestamptz NOT NULL DEFAULT now(),
    queued_at           timestamptz,
    started_at          timestamptz,
    finished_at         timestamptz,
    UNIQUE (chain_id, batch_number, round, kind, circuit, depth, sequence),
    FOREIGN KEY (chain_id, batch_number) REFERENCES batches (chain_id, number)
);
CREATE INDEX jobs_pick ON jobs
    (protocol_version, kind, round, chain_id, priority DESC, batch_sealed_at, batch_number, depth, sequence)
    WHERE state = 'queued';
CREATE INDEX jobs_retry ON jobs (run_after) WHERE state = 'retrying';
CREATE INDEX jobs_running ON jobs (worker_id) WHERE state = 'in_progress';
CREATE INDEX jobs_waiting ON jobs (waits_for) WHERE state = 'waiting';
CREATE INDEX jobs_of_group ON jobs (group_id) WHERE group_id IS NOT NULL;
CREATE INDEX jobs_dead ON jobs (chain_id, batch_number) WHERE state IN ('dead', 'cancelled');

ALTER TABLE jobs SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);

-- No foreign key: the history outlives the job.
CREATE TABLE job_attempts (
    job_id              bigint NOT NULL,
    attempt             integer NOT NULL,
    worker_id           text NOT NULL,
    started_at          timestamptz NOT NULL DEFAULT now(),
    finished_at         timestamptz,
    outcome             text NOT NULL CHECK
        (outcome IN ('running', 'successful', 'failed', 'released', 'rejected', 'cancelled')),
    error_code          text,
    error_category      text,
    error_message       text,
    PRIMARY KEY (job_id, attempt)
);

CREATE TABLE operator_actions (
    id                  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at                  timestamptz NOT NULL DEFAULT now(),
    operator            text NOT NULL,
    action              text NOT NULL,
    arguments           text NOT NULL,
    dry_run             boolean NOT NULL,
    changed             integer NOT NULL,
    job_ids             bigint[] NOT NULL
);

CREATE TABLE jobs_archive (
    LIKE jobs INCLUDING DEFAULTS EXCLUDING IDENTITY EXCLUDING CONSTRAINTS,
    archived_at         timestamptz NOT NULL DEFAULT now(),
    archived_because    text NOT NULL
);
CREATE INDEX jobs_archive_batch ON jobs_archive (chain_id, batch_number);
CREATE INDEX jobs_archive_age ON jobs_archive (archived_at);
