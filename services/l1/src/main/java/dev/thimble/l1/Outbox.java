package dev.thimble.l1;

import dev.thimble.chain.Address;
import dev.thimble.ethereum.Receipt;
import dev.thimble.ethereum.SignedTransaction;
import dev.thimble.jobqueue.QueueDatabase;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * The operations of one account on one L1 chain, in the database. Any number of processes may use it at once: an operation gets its
 * nonce, and a further transaction, under a lock of the account.
 */
public final class Outbox {
    /** How the purposes of operations begin that only use up a nonce. */
    static final String GAP = "fill nonce ";

    private static final String NO_RECEIPT =
            "transaction_hash = NULL, block_number = NULL, mined_at = NULL, succeeded = NULL, gas_used = NULL, contract = NULL";

    private final QueueDatabase database;
    private final long l1ChainId;
    private final Address sender;

    /** Brings the tables up to date. */
    public Outbox(QueueDatabase database, long l1ChainId, Address sender) {
        database.migrate("dev/thimble/l1/migrations", "thimble_l1_migrations");
        this.database = database;
        this.l1ChainId = l1ChainId;
        this.sender = sender;
    }

    /** The account whose transactions these are. */
    public Address sender() {
        return sender;
    }

    QueueDatabase database() {
        return database;
    }

    /** Asks for an operation, unless one with its purpose is under way. One that is still unsigned gets these data. */
    public void enqueue(String purpose, Optional<Address> recipient, BigInteger valueWei, byte[] data) {
        database.transaction(handle -> bindAccount(handle.createUpdate("""
                        INSERT INTO l1_operations (l1_chain_id, sender, purpose, recipient, value_wei, data, state)
                        VALUES (:chain, :sender, :purpose, :recipient, :value, :data, 'queued')
                        ON CONFLICT (l1_chain_id, sender, purpose) WHERE state IN ('queued', 'sent', 'mined')
                        DO UPDATE SET recipient = excluded.recipient, value_wei = excluded.value_wei, data = excluded.data
                        WHERE l1_operations.state = 'queued'
                        """))
                .bind("purpose", purpose)
                .bind("recipient", recipient.map(Address::hex).orElse(null))
                .bind("value", new BigDecimal(valueWei))
                .bind("data", data)
                .execute());
    }

    /** The newest operation with this purpose. */
    public Optional<Operation> find(String purpose) {
        return database.transaction(handle -> bindAccount(handle.createQuery("SELECT " + OutboxRows.COLUMNS
                        + " FROM l1_operations WHERE l1_chain_id = :chain AND sender = :sender AND purpose = :purpose"
                        + " ORDER BY id DESC LIMIT 1"))
                .bind("purpose", purpose)
                .map((row, context) -> OutboxRows.operation(row))
                .findFirst());
    }

    /** Whether an operation with this purpose is queued or under way. */
    boolean isOpen(String purpose) {
        return find(purpose)
                .filter(operation -> operation.state() != OperationState.FINAL)
                .filter(operation -> operation.state() != OperationState.FAILED)
                .isPresent();
    }

    /** Operations that wait for a nonce, oldest first. */
    List<Operation> queued() {
        return select("state = 'queued' ORDER BY id");
    }

    /** Operations that are signed and not final, by nonce. */
    List<Operation> underWay() {
        return select("state IN ('sent', 'mined') ORDER BY nonce");
    }

    /** Everything that is not settled, oldest first. */
    List<Operation> open() {
        return select("state IN ('queued', 'sent', 'mined') ORDER BY id");
    }

    private List<Operation> select(String condition) {
        return database.transaction(handle -> bindAccount(handle.createQuery("SELECT " + OutboxRows.COLUMNS
                        + " FROM l1_operations WHERE l1_chain_id = :chain AND sender = :sender AND " + condition))
                .map((row, context) -> OutboxRows.operation(row))
                .list());
    }

    /** All transactions of an operation under its present nonce, newest first. */
    List<SignedAttempt> attempts(Operation operation) {
        return database.transaction(handle -> handle.createQuery("""
                SELECT hash, nonce, attempt, max_fee_wei, max_tip_wei, gas_limit, raw,
                    extract(epoch FROM clock_timestamp() - signed_at) AS age
                FROM l1_transactions WHERE operation_id = :id AND nonce = :nonce ORDER BY attempt DESC
                """)
                .bind("id", operation.id())
                .bind("nonce", operation.nonce().orElseThrow())
                .map((row, context) -> OutboxRows.attempt(row))
                .list());
    }

    /**
     * Gives a queued operation the next nonce and stores its first transaction, before anybody sends it.
     *
     * @param mined the account's nonce by the node, transactions in its pool included
     * @param sign makes the transaction for the nonce
     * @return false if another process was quicker
     */
    boolean assign(
            Operation operation, long mined, Fees fees, BigInteger gasLimit, LongFunction<SignedTransaction> sign) {
        return database.transaction(handle -> {
            lockAccount(handle);
            if (!isState(handle, operation, OperationState.QUEUED)) {
                return false;
            }
            long nonce = Math.max(mined, nextNonce(handle));
            store(handle, operation.id(), nonce, 1, fees, gasLimit, sign.apply(nonce));
            handle.createUpdate("UPDATE l1_operations SET state = 'sent', nonce = :nonce, message = NULL,"
                            + " updated_at = now() WHERE id = :id")
                    .bind("nonce", nonce)
                    .bind("id", operation.id())
                    .execute();
            return true;
        });
    }

    /** Stores a transaction with higher fees; false if another process did so first, or the operation has moved on. */
    boolean raise(
            Operation operation,
            SignedAttempt last,
            Fees fees,
            BigInteger gasLimit,
            LongFunction<SignedTransaction> sign) {
        return database.transaction(handle -> {
            lockAccount(handle);
            int newest = handle.createQuery(
                            "SELECT max(attempt) FROM l1_transactions WHERE operation_id = :id" + " AND nonce = :nonce")
                    .bind("id", operation.id())
                    .bind("nonce", last.nonce())
                    .mapTo(Integer.class)
                    .one();
            if (newest != last.attempt() || !isState(handle, operation, OperationState.SENT)) {
                return false;
            }
            store(handle, operation.id(), last.nonce(), newest + 1, fees, gasLimit, sign.apply(last.nonce()));
            return true;
        });
    }

    /** The first nonce above all that this outbox has given. */
    long nextNonce() {
        return database.transaction(this::nextNonce);
    }

    /**
     * Takes up a settled operation again whose block is gone although it was final. If its purpose is open under another nonce by now, its
     * own nonce is let go instead.
     *
     * @return whether the nonce is looked after
     */
    boolean reopen(long nonce) {
        return database.transaction(handle -> {
            lockAccount(handle);
            String settled = " WHERE l1_chain_id = :chain AND sender = :sender AND nonce = :nonce"
                    + " AND state IN ('final', 'failed')";
            int reopened = bindAccount(handle.createUpdate("UPDATE l1_operations SET state = 'sent', " + NO_RECEIPT
                            + settled + " AND NOT EXISTS (SELECT 1 FROM l1_operations o WHERE"
                            + " o.l1_chain_id = l1_operations.l1_chain_id AND o.sender = l1_operations.sender"
                            + " AND o.purpose = l1_operations.purpose"
                            + " AND o.state IN ('queued', 'sent', 'mined'))"))
                    .bind("nonce", nonce)
                    .execute();
            bindAccount(handle.createUpdate("UPDATE l1_operations SET state = 'failed', nonce = NULL" + settled))
                    .bind("nonce", nonce)
                    .execute();
            return reopened == 1;
        });
    }

    /** Occupies a nonce that no transaction of this account has any more, so that later ones can be mined. */
    void fillGap(long nonce, Fees fees, BigInteger gasLimit, LongFunction<SignedTransaction> sign) {
        database.transaction(handle -> {
            lockAccount(handle);
            Optional<Long> id = bindAccount(handle.createQuery("""
                    INSERT INTO l1_operations (l1_chain_id, sender, purpose, recipient, value_wei, data, nonce, state)
                    VALUES (:chain, :sender, :purpose, :sender, 0, ''::bytea, :nonce, 'sent')
                    ON CONFLICT DO NOTHING RETURNING id
                    """))
                    .bind("purpose", GAP + nonce + " of " + sender)
                    .bind("nonce", nonce)
                    .mapTo(Long.class)
                    .findFirst();
            id.ifPresent(row -> store(handle, row, nonce, 1, fees, gasLimit, sign.apply(nonce)));
            return true;
        });
    }

    void mined(Operation operation, Receipt receipt, Instant at, boolean isFinal) {
        OperationState state =
                !isFinal ? OperationState.MINED : receipt.success() ? OperationState.FINAL : OperationState.FAILED;
        database.transaction(handle -> handle.createUpdate("""
                        UPDATE l1_operations SET state = :state, transaction_hash = :hash, block_number = :block,
                            mined_at = :at, succeeded = :succeeded, gas_used = :gas, contract = :contract, updated_at = now()
                        WHERE id = :id
                        """)
                .bind("state", state.text())
                .bind("hash", receipt.transactionHash())
                .bind("block", receipt.blockNumber())
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .bind("succeeded", receipt.success())
                .bind("gas", receipt.gasUsed().longValueExact())
                .bind("contract", receipt.contractAddress().map(Address::hex).orElse(null))
                .bind("id", operation.id())
                .execute());
    }

    /** Its block is gone: back to sent, with the same nonce and transactions. */
    void unmined(Operation operation) {
        change(
                operation,
                "state = 'sent', transaction_hash = NULL, block_number = NULL, mined_at = NULL, succeeded = NULL,"
                        + " gas_used = NULL, contract = NULL");
    }

    /** Its nonce went to another transaction for good: none of its own can ever be mined, so it may have a new one. */
    void releaseNonce(Operation operation) {
        change(
                operation,
                "state = 'queued', nonce = NULL, transaction_hash = NULL, block_number = NULL,"
                        + " succeeded = NULL, gas_used = NULL, contract = NULL");
    }

    /** Drops an operation that was never signed, or that only filled a gap. */
    void drop(Operation operation, String why) {
        message(operation, why);
        change(operation, "state = 'failed', nonce = NULL");
    }

    void message(Operation operation, String message) {
        database.transaction(handle -> handle.createUpdate("UPDATE l1_operations SET message = :message WHERE id = :id")
                .bind("message", message)
                .bind("id", operation.id())
                .execute());
    }

    private void change(Operation operation, String assignments) {
        database.transaction(handle -> handle.createUpdate(
                        "UPDATE l1_operations SET " + assignments + ", updated_at = now() WHERE id = :id")
                .bind("id", operation.id())
                .execute());
    }

    private void lockAccount(Handle handle) {
        handle.createQuery("SELECT pg_advisory_xact_lock(hashtextextended(:account, 200))::text")
                .bind("account", l1ChainId + " " + sender)
                .mapTo(String.class)
                .one();
    }

    private static boolean isState(Handle handle, Operation operation, OperationState state) {
        return handle.createQuery("SELECT state FROM l1_operations WHERE id = :id")
                .bind("id", operation.id())
                .mapTo(String.class)
                .one()
                .equals(state.text());
    }

    private long nextNonce(Handle handle) {
        return bindAccount(handle.createQuery("SELECT coalesce(max(nonce) + 1, 0) FROM l1_operations"
                        + " WHERE l1_chain_id = :chain AND sender = :sender"))
                .mapTo(Long.class)
                .one();
    }

    private static void store(
            Handle handle, long id, long nonce, int attempt, Fees fees, BigInteger gas, SignedTransaction signed) {
        handle.createUpdate("""
                        INSERT INTO l1_transactions
                            (hash, operation_id, nonce, attempt, max_fee_wei, max_tip_wei, gas_limit, raw, signed_at)
                        VALUES (:hash, :id, :nonce, :attempt, :fee, :tip, :gas, :raw, clock_timestamp())
                        """)
                .bind("hash", signed.hash())
                .bind("id", id)
                .bind("nonce", nonce)
                .bind("attempt", attempt)
                .bind("fee", new BigDecimal(fees.maxFeeWei()))
                .bind("tip", new BigDecimal(fees.maxTipWei()))
                .bind("gas", new BigDecimal(gas))
                .bind("raw", signed.raw())
                .execute();
    }

    private <S extends SqlStatement<S>> S bindAccount(S statement) {
        return statement.bind("chain", l1ChainId).bind("sender", sender.hex());
    }
}
