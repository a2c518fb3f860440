package dev.thimble.jobqueue;

/** What a worker does for a job. */
@FunctionalInterface
public interface JobFunction {
    /**
     * Does the job. Runs on a thread of its own, which is interrupted when the lease is lost or the worker must stop.
     *
     * @throws JobFailure to say why there is no result; anything else that is thrown counts as an internal error
     */
    JobResult run(Lease lease) throws JobFailure, InterruptedException;
}
