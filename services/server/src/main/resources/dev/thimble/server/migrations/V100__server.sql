-- What the operator's side knows of its chains. Nothing here refers to the queue's tables: the two sides talk over HTTP.

CREATE TABLE server_chains (
    chain_id            bigint PRIMARY KEY CHECK (chain_id > 0),
    -- Another genesis under the same chain id is another chain.
    genesis_hash        text NOT NULL,
    created_at          timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE server_batches (
    chain_id            bigint NOT NULL REFERENCES server_chains (chain_id),
    number              bigint NOT NULL CHECK (number >= 0),
    first_block         bigint NOT NULL,
    last_block          bigint NOT NULL CHECK (last_block >= first_block),
    -- Of the last block: seconds since 1970, state root, block hash.
    block_timestamp     bigint NOT NULL,
    state_root          text NOT NULL,
    block_hash          text NOT NULL,
    transactions        bigint NOT NULL,
    gas_used            bigint NOT NULL,
    data_bytes          bigint NOT NULL,
    sealed_at           timestamptz NOT NULL DEFAULT now(),
    sealed_because      text NOT NULL,
    protocol_version    text NOT NULL,
    program             text NOT NULL,
    program_sha256      text NOT NULL,
    -- Filled in by the components tree, commitment and witness-input, each on its own.
    checked_at          timestamptz,
    expected_output     text,
    input_path          text,
    input_bytes         bigint,
    input_sha256        text,
    -- Filled in by the proof data API.
    gateway             text,
    offered_at          timestamptz,
    acknowledged_at     timestamptz,
    proof               text,
    proven_at           timestamptz,
    PRIMARY KEY (chain_id, number)
);
CREATE INDEX server_batches_unproven ON server_batches (chain_id, number) WHERE proven_at IS NULL;

CREATE TABLE server_blocks (
    chain_id            bigint NOT NULL REFERENCES server_chains (chain_id),
    number              bigint NOT NULL CHECK (number >= 0),
    hash                text NOT NULL,
    -- The whole block: header, transactions, ommers, withdrawals.
    rlp                 bytea NOT NULL,
    followed_at         timestamptz NOT NULL DEFAULT now(),
    batch_number        bigint,
    PRIMARY KEY (chain_id, number),
    FOREIGN KEY (chain_id, batch_number) REFERENCES server_batches (chain_id, number)
);
CREATE INDEX server_blocks_open ON server_blocks (chain_id, number) WHERE batch_number IS NULL;
