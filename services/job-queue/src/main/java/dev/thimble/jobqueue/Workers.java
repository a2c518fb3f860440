package dev.thimble.jobqueue;

import dev.thimble.model.ChainId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The table of workers, in the caller's transaction. */
final class Workers {
    private final Handle handle;
    private final RetryPolicy policy;

    Workers(Handle handle, RetryPolicy policy) {
        this.handle = handle;
        this.policy = policy;
    }

    /** Enters a worker; returns the id of this life of it. */
    String register(WorkerIdentity identity) {
        Optional<String> quarantine = handle.createQuery(
                        "SELECT quarantine_reason FROM workers WHERE name = :name AND state = 'quarantined' LIMIT 1")
                .bind("name", identity.name())
                .mapTo(String.class)
                .findFirst();
        if (quarantine.isPresent()) {
            throw new WorkerQuarantined(identity.name(), quarantine.get());
        }
        ChainId chain = identity.chain();
        String id = identity.name() + "-" + UUID.randomUUID().toString().substring(0, 8);
        handle.createUpdate("""
                INSERT INTO workers (id, name, component, software_version, protocol_version, address, chain_id, state,
                    lease_until)
                VALUES (:id, :name, :component, :software, :version, :address, :chain, 'active',
                    now() + :lease * interval '1 millisecond')
                """)
                .bind("id", id)
                .bind("name", identity.name())
                .bind("component", identity.component())
                .bind("software", identity.softwareVersion())
                .bind("version", identity.version().toString())
                .bind("address", identity.address())
                .bind("chain", chain == null ? null : chain.value())
                .bind("lease", policy.lease().toMillis())
                .execute();
        return id;
    }

    /** Extends a worker's life; returns the jobs it still holds, or nothing if it is not to work any more. */
    Optional<Set<Long>> heartbeat(String worker, Set<Long> known) {
        int rows = handle.createUpdate("""
                UPDATE workers SET last_seen = now(), lease_until = now() + :lease * interval '1 millisecond',
                    state = 'active'
                WHERE id = :worker AND (state = 'active' OR state = 'lost')
                """)
                .bind("lease", policy.lease().toMillis())
                .bind("worker", worker)
                .execute();
        if (rows == 0) {
            return Optional.empty();
        }
        new Failer(handle, policy).releaseUnknown(worker, known);
        List<Long> held = handle.createQuery("SELECT id FROM jobs WHERE worker_id = :worker AND state = 'in_progress'")
                .bind("worker", worker)
                .mapTo(Long.class)
                .list();
        return Optional.of(new HashSet<>(held));
    }

    void stop(String worker) {
        handle.createUpdate("UPDATE workers SET state = 'stopped' WHERE id = :worker AND state IN ('active', 'lost')")
                .bind("worker", worker)
                .execute();
    }

    void quarantine(String worker, String reason) {
        handle.createUpdate("UPDATE workers SET state = 'quarantined', quarantine_reason = :reason WHERE id = :worker")
                .bind("worker", worker)
                .bind("reason", reason)
                .execute();
    }

    void markLost() {
        handle.createUpdate("UPDATE workers SET state = 'lost' WHERE state = 'active' AND lease_until < now()")
                .execute();
    }
}
