package dev.thimble.jobqueue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A worker as operators see it.
 *
 * @param id this life of it
 * @param name the same in every life
 * @param component its command
 * @param softwareVersion its build
 * @param version its protocol version
 * @param address where other components reach it, or null
 * @param state active, stopped, lost or quarantined
 * @param lastSeen its last heartbeat
 * @param job one job it runs, or null
 * @param quarantineReason why it is quarantined, or null
 */
public record WorkerView(
        String id,
        String name,
        String component,
        String softwareVersion,
        String version,
        @Nullable String address,
        String state,
        Instant lastSeen,
        @Nullable Long job,
        @Nullable String quarantineReason) {}
