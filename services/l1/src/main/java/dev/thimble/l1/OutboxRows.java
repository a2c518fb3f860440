package dev.thimble.l1;

import dev.thimble.chain.Address;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the rows of the outbox. */
final class OutboxRows {
    static final String COLUMNS = "id, purpose, recipient, value_wei, data, nonce, state, message, transaction_hash,"
            + " block_number, mined_at, succeeded, gas_used, contract";

    private OutboxRows() {}

    static SignedAttempt attempt(ResultSet row) throws SQLException {
        return new SignedAttempt(
                row.getString("hash"),
                row.getLong("nonce"),
                row.getInt("attempt"),
                new Fees(integer(row, "max_fee_wei"), integer(row, "max_tip_wei")),
                integer(row, "gas_limit"),
                row.getBytes("raw"),
                row.getDouble("age"));
    }

    static Operation operation(ResultSet row) throws SQLException {
        long nonce = row.getLong("nonce");
        OptionalLong assigned = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(nonce);
        String hash = row.getString("transaction_hash");
        Optional<Operation.Mined> mined = hash == null
                ? Optional.empty()
                : Optional.of(new Operation.Mined(
                        hash,
                        row.getLong("block_number"),
                        row.getTimestamp("mined_at").toInstant(),
                        row.getBoolean("succeeded"),
                        row.getLong("gas_used"),
                        Optional.ofNullable(row.getString("contract")).map(Address::new)));
        return new Operation(
                row.getLong("id"),
                row.getString("purpose"),
                Optional.ofNullable(row.getString("recipient")).map(Address::new),
                integer(row, "value_wei"),
                row.getBytes("data"),
                assigned,
                OperationState.parse(row.getString("state")),
                Optional.ofNullable(row.getString("message")).orElse(""),
                mined);
    }

    private static BigInteger integer(ResultSet row, String column) throws SQLException {
        return row.getBigDecimal(column).toBigIntegerExact();
    }
}
