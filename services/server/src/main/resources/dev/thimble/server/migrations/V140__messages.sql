-- How many messages of L1 were processed from genesis to the end of the block.
ALTER TABLE server_blocks ADD COLUMN messages bigint;
