package dev.thimble.jobqueue;

/** The database that the tests of this JVM share one after the other. */
final class TestDatabase {
    private TestDatabase() {}

    private static final class Shared {
        static final QueueDatabase DATABASE =
                QueueDatabase.open(TemporaryPostgres.ofThisProcess().newDatabase(), 16);
    }

    /** The database, emptied. */
    static QueueDatabase emptied() {
        Shared.DATABASE.transaction(handle -> handle.execute("TRUNCATE protocol_versions, chains, batches, job_groups,"
                + " workers, jobs, job_attempts, operator_actions, jobs_archive"));
        return Shared.DATABASE;
    }
}
