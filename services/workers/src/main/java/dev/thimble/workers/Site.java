package dev.thimble.workers;

import dev.thimble.http.BearerToken;
import dev.thimble.jobqueue.JobEvent;
import dev.thimble.jobqueue.JobQueue;
import dev.thimble.jobqueue.QueueStatus;
import dev.thimble.model.ProtocolVersion;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where a component works: the queue and its status, the workshop, who it is.
 *
 * @param host the machine's name, part of every worker's name
 * @param softwareVersion the build
 * @param version the protocol version it serves
 * @param attempts told of the end of every attempt, usually {@link JobMetrics}
 * @param token what components show each other; null where all are on this machine
 */
public record Site(
        JobQueue queue,
        QueueStatus status,
        Workshop workshop,
        String host,
        String softwareVersion,
        ProtocolVersion version,
        Consumer<JobEvent> attempts,
        @Nullable BearerToken token) {}
