-- The SNARK of a batch (proof.json of snarkjs), verified before it is stored.
ALTER TABLE server_batches
    ADD COLUMN snark_proof text,
    ADD COLUMN snark_proven_at timestamptz;
