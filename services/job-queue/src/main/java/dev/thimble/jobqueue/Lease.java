package dev.thimble.jobqueue;

import dev.thimble.model.JobKey;
import dev.thimble.model.ProtocolVersion;
import java.time.Duration;
import java.util.List;

/**
 * A job given to a worker. It stays with the worker as long as its heartbeats arrive and the job's time is not over; a
 * result counts only under the attempt's number.
 *
 * @param jobId the job
 * @param attempt the number of this attempt, from 1
 * @param key the job's name
 * @param version the rules to work under
 * @param input paths of the artifacts it reads
 * @param batchInput paths of the artifacts that describe its batch
 * @param timeout how long the attempt may take
 * @param waited how long the job could have been picked before it was, by the database's clock
 */
public record Lease(
        long jobId,
        int attempt,
        JobKey key,
        ProtocolVersion version,
        List<String> input,
        List<String> batchInput,
        Duration timeout,
        Duration waited) {}
