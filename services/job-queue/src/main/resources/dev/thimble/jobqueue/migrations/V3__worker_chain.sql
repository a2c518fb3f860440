-- The only chain whose jobs a worker takes (gateways); without one it takes those of all chains.
ALTER TABLE workers ADD COLUMN chain_id bigint;
