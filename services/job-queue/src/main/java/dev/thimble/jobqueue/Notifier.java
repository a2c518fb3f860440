package dev.thimble.jobqueue;

import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Tells waiting workers, when the transaction commits, in which lanes jobs were queued. */
final class Notifier {
    static final String CHANNEL = "thimble_jobs";

    private Notifier() {}

    static void notify(Handle handle, Set<String> lanes) {
        if (!lanes.isEmpty()) {
            handle.createQuery("SELECT pg_notify(:channel, lane) FROM unnest(:lanes) AS t (lane)")
                    .bind("channel", CHANNEL)
                    .bindArray("lanes", String.class, lanes)
                    .mapTo(String.class)
                    .list();
        }
    }
}
