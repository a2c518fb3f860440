-- What the execution of a batch by the state transition function gave.
ALTER TABLE server_batches
    -- The 12 words that L1 is told; of batch 0 from the genesis file.
    ADD COLUMN commitment bytea CHECK (length(commitment) = 384),
    ADD COLUMN cycles bigint,
    ADD COLUMN circuit_rows bigint,
    -- Why the batch cannot be proven.
    ADD COLUMN stopped_because text;
