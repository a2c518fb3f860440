-- A purpose is open once per account: when the operator's key changes, what the former account has open must not keep the
-- new one from doing it. The contract sees to it that only one of them can.
DROP INDEX l1_operations_open;
CREATE UNIQUE INDEX l1_operations_open ON l1_operations (l1_chain_id, sender, purpose)
    WHERE state IN ('queued', 'sent', 'mined');
