package dev.thimble.jobqueue;

import java.util.HashSet;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Takes jobs away from dead workers and queues those whose pause is over; one process at a time does it. */
final class Sweeper {
    /** Names this work among PostgreSQL's advisory locks. */
    private static final long LOCK = 0x7468_696d_626c_65L;

    private Sweeper() {}

    /** One sweep; returns whether this process was the one to do it. */
    static boolean sweep(Handle handle, RetryPolicy policy) {
        boolean mine = handle.createQuery("SELECT pg_try_advisory_xact_lock(:lock)")
                .bind("lock", LOCK)
                .mapTo(Boolean.class)
                .one();
        if (!mine) {
            return false;
        }
        Failer failer = new Failer(handle, policy);
        failer.failLost();
        failer.failOverdue();
        new Workers(handle, policy).markLost();
        Set<String> lanes = new HashSet<>();
        handle.createQuery(Statements.PROMOTE_RETRYING)
                .map((row, context) -> Rows.lane(row))
                .forEach(lane -> lanes.add(lane.text()));
        Notifier.notify(handle, lanes);
        return true;
    }
}
