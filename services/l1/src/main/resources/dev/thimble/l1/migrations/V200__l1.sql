-- What has to happen on L1, and every signed transaction that may make it happen. A transaction is stored before it is
-- sent, and all transactions of an operation carry its nonce: at most one of them can ever be mined.

CREATE TABLE l1_operations (
    id                  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    l1_chain_id         bigint NOT NULL,
    sender              text NOT NULL,
    purpose             text NOT NULL,
    recipient           text,
    value_wei           numeric(78) NOT NULL,
    data                bytea NOT NULL,
    nonce               bigint,
    state               text NOT NULL CHECK (state IN ('queued', 'sent', 'mined', 'final', 'failed')),
    -- What the node last said about it. The facts of the receipt may change until the block is final.
    message             text,
    transaction_hash    text,
    block_number        bigint,
    mined_at            timestamptz,
    succeeded           boolean,
    gas_used            bigint,
    contract            text,
    created_at          timestamptz NOT NULL DEFAULT now(),
    updated_at          timestamptz NOT NULL DEFAULT now(),
    CHECK (state IN ('queued', 'failed') OR nonce IS NOT NULL)
);
CREATE UNIQUE INDEX l1_operations_open ON l1_operations (l1_chain_id, purpose)
    WHERE state IN ('queued', 'sent', 'mined');
CREATE UNIQUE INDEX l1_operations_nonce ON l1_operations (l1_chain_id, sender, nonce) WHERE nonce IS NOT NULL;

CREATE TABLE l1_transactions (
    hash                text PRIMARY KEY,
    operation_id        bigint NOT NULL REFERENCES l1_operations (id),
    nonce               bigint NOT NULL,
    attempt             integer NOT NULL,
    max_fee_wei         numeric(78) NOT NULL,
    max_tip_wei         numeric(78) NOT NULL,
    gas_limit           numeric(78) NOT NULL,
    raw                 bytea NOT NULL,
    signed_at           timestamptz NOT NULL DEFAULT now(),
    UNIQUE (operation_id, nonce, attempt)
);

CREATE TABLE l1_deployments (
    l2_chain_id         bigint PRIMARY KEY,
    l1_chain_id         bigint NOT NULL,
    contract            text NOT NULL,
    verifier            text NOT NULL,
    block_number        bigint NOT NULL,
    deployed_at         timestamptz NOT NULL DEFAULT now()
);
