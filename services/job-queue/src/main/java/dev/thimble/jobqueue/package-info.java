/**
 * The job queue on PostgreSQL. A batch is submitted with its first jobs; a worker picks jobs under a lease that its
 * heartbeat keeps alive, and finishes each together with the jobs that follow from it, in one transaction. Groups of jobs
 * release the jobs that wait for them when their last member is successful. Every decision uses the database's clock.
 *
 * <p>Start with {@link dev.thimble.jobqueue.JobQueue}; {@link dev.thimble.jobqueue.JobWorker} is the loop around it,
 * {@link dev.thimble.jobqueue.OperatorActions} what operators change, {@link dev.thimble.jobqueue.QueueStatus} what they
 * see, {@link dev.thimble.jobqueue.EmbeddedPostgresServer} the database of a single machine.
 */
@NullMarked
package dev.thimble.jobqueue;

import org.jspecify.annotations.NullMarked;
