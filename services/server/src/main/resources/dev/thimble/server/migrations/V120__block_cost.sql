-- What the execution of a block as a batch of its own took; batches are sealed by it.
ALTER TABLE server_blocks
    ADD COLUMN cycles bigint,
    ADD COLUMN circuit_rows bigint,
    ADD COLUMN touched_words bigint,
    ADD COLUMN keccak_calls bigint,
    ADD COLUMN secp256k1_calls bigint,
    ADD COLUMN u256_calls bigint,
    -- Why the batch program does not accept it.
    ADD COLUMN refused text;
