package dev.thimble.cli.operator;

import dev.thimble.jobqueue.JobView;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A job as {@code job list} shows it. */
record JobRow(
        long id,
        long chain,
        long batch,
        String round,
        String kind,
        String circuit,
        int depth,
        int sequence,
        String state,
        int attempts,
        int maxAttempts,
        @Nullable String worker,
        @Nullable String leaseExpires,
        @Nullable String error,
        String created,
        @Nullable String started,
        @Nullable String finished) {

    static JobRow of(JobView job) {
        var key = job.key();
        return new JobRow(
                job.id(),
                key.batch().chain().value(),
                key.batch().number(),
                key.round().wireName(),
                key.kind().wireName(),
                key.circuit(),
                key.depth(),
                key.sequence(),
                job.state().wireName(),
                job.attempts(),
                job.maxAttempts(),
                job.worker(),
                time(job.leaseExpires()),
                job.error(),
                job.created().toString(),
                time(job.started()),
                time(job.finished()));
    }

    private static @Nullable String time(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    static String heading() {
        return String.format(
                Locale.ROOT,
                "%8s %8s %6s %-15s %-10s %-14s %5s %-12s %5s %s",
                "ID",
                "CHAIN",
                "BATCH",
                "ROUND",
                "KIND",
                "CIRCUIT",
                "SEQ",
                "STATE",
                "TRIES",
                "ERROR");
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "%8d %8d %6d %-15s %-10s %-14s %5d %-12s %2d/%-2d %s",
                id,
                chain,
                batch,
                round,
                kind,
                circuit,
                sequence,
                state,
                attempts,
                maxAttempts,
                error == null ? "" : error);
    }
}
