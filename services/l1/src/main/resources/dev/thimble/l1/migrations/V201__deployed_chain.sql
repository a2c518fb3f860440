-- What the server needs to serve a deployment: where its L1 is, batch 0, and the PLONK key that its contract has.
ALTER TABLE l1_deployments
    ADD COLUMN url text NOT NULL,
    ADD COLUMN genesis_timestamp bigint NOT NULL,
    ADD COLUMN genesis_block_hash text NOT NULL,
    ADD COLUMN genesis_state_root text NOT NULL,
    -- verification_key.json of snarkjs
    ADD COLUMN verification_key text NOT NULL;
CREATE INDEX l1_operations_purpose ON l1_operations (l1_chain_id, purpose);
