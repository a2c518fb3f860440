package dev.thimble.jobqueue;

import dev.thimble.model.BatchId;
import dev.thimble.model.JobKey;
import dev.thimble.model.JobKind;
import dev.thimble.model.ProtocolVersion;
import dev.thimble.model.Round;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Rows of the tables as records. */
final class Rows {
    private Rows() {}

    static Lane lane(ResultSet row) throws SQLException {
        return new Lane(Round.ofNumber(row.getInt("round")), JobKind.parse(row.getString("kind")));
    }

    static BatchId batch(ResultSet row) throws SQLException {
        return BatchId.of(row.getLong("chain_id"), row.getLong("batch_number"));
    }

    static JobKey key(ResultSet row) throws SQLException {
        Lane lane = lane(row);
        return new JobKey(
                batch(row),
                lane.round(),
                lane.kind(),
                row.getString("circuit"),
                row.getInt("depth"),
                row.getInt("sequence"));
    }

    static Lease lease(ResultSet row) throws SQLException {
        Instant queued = instant(row, "queued_at");
        Instant started = instant(row, "started_at");
        return new Lease(
                row.getLong("id"),
                row.getInt("attempt"),
                key(row),
                ProtocolVersion.parse(row.getString("protocol_version")),
                Lines.split(row.getString("input")),
                Lines.split(row.getString("batch_input")),
                Duration.ofSeconds(row.getInt("timeout_seconds")),
                queued == null || started == null ? Duration.ZERO : Duration.between(queued, started));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp value = row.getTimestamp(column);
        return value == null ? null : value.toInstant();
    }

    static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }
}
