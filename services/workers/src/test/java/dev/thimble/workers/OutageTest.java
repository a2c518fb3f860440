package dev.thimble.workers;

import static dev.thimble.workers.TestSite.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.jobqueue.EmbeddedPostgresServer;
import dev.thimble.jobqueue.JobWorker;
import dev.thimble.jobqueue.OperatorActions;
import dev.thimble.jobqueue.SharedPostgres;
import dev.thimble.jobqueue.TemporaryPostgres;
import dev.thimble.model.BatchId;
import dev.thimble.model.BatchState;
import dev.thimble.objectstore.FolderObjectStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the workers stand on goes away in the middle of a batch, and comes back. */
class OutageTest {
    private static final int SEVERAL_SEGMENTS = 3600;

    @TempDir
    private Path folder;

    /** The server is killed with SIGKILL; who uses it notices and starts it again. */
    @Test
    void theDatabaseIsKilledInTheMiddleOfABatch() throws Exception {
        Path postgres = folder.resolve("postgres");
        try (SharedPostgres server = SharedPostgres.open(postgres, TemporaryPostgres.freePort());
                TestSite site = new TestSite(server.database("killed"), store())) {
            BatchId batch = workUntilAProofIsThere(site, () -> {
                long pid = Long.parseLong(Files.readAllLines(postgres.resolve("data/postmaster.pid"))
                        .getFirst()
                        .strip());
                assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly())
                        .isTrue();
            });
            assertThat(site.batch(batch).proofs().successful())
                    .isEqualTo(site.batch(batch).proofs().total());
        }
    }

    /** The server is stopped in good order, is away for longer than a lease lasts, and is started again by its operator. */
    @Test
    @Tag("full")
    void theDatabaseIsAwayInTheMiddleOfABatch() throws Exception {
        Path postgres = folder.resolve("postgres");
        int port = TemporaryPostgres.freePort();
        EmbeddedPostgresServer[] server = {EmbeddedPostgresServer.start(postgres, port)};
        try (TestSite site = new TestSite(server[0].database("away"), store())) {
            workUntilAProofIsThere(site, () -> {
                server[0].close();
                Thread.sleep(TestSite.QUICK.lease().multipliedBy(2));
                server[0] = EmbeddedPostgresServer.start(postgres, port);
            });
        } finally {
            server[0].close();
        }
    }

    private FolderObjectStore store() throws Exception {
        return new FolderObjectStore(folder.resolve("store"));
    }

    /** What happens to the database. */
    @FunctionalInterface
    private interface Event {
        void happen() throws Exception;
    }

    /** Proves a batch during which an event happens. */
    private static BatchId workUntilAProofIsThere(TestSite site, Event event) throws Exception {
        BatchId batch = site.submit(271, 1, SEVERAL_SEGMENTS);
        try (JobWorker witness = Components.witnessGenerator(site.site("w"));
                JobWorker prover = Components.prover(site.site("p"))) {
            witness.start();
            prover.start();
            until(() -> site.batch(batch).proofs().successful() > 0);
            event.happen();
            assertThat(site.awaitEnd(batch)).isEqualTo(BatchState.BASIC_PROVEN);
        }
        site.assertDoneOnce();
        return batch;
    }

    /** The store is away for longer than the attempts last: the batch stops and says why, and goes on when told to. */
    @Test
    void theStoreIsAwayInTheMiddleOfABatch() throws Exception {
        FlakyStore store = new FlakyStore(new FolderObjectStore(folder), 0, 0);
        try (TestSite site = new TestSite(TemporaryPostgres.ofThisProcess().newDatabase(), store);
                JobWorker witness = Components.witnessGenerator(site.site("w"));
                JobWorker prover = Components.prover(site.site("p"))) {
            BatchId batch = site.submit(271, 1, 10);
            witness.start();
            prover.start();
            until(() -> site.batch(batch).proofs().successful() > 0);
            store.away(true);
            assertThat(site.awaitEnd(batch)).isEqualTo(BatchState.STOPPED);
            assertThat(Objects.requireNonNull(site.batch(batch).blockedBy()).error())
                    .contains("STORE_UNAVAILABLE");
            store.away(false);
            until(() -> prover.busy() == 0);
            new OperatorActions(site.database, "test", false).requeue(batch);
            assertThat(site.awaitEnd(batch)).isEqualTo(BatchState.BASIC_PROVEN);
            site.assertDoneOnce();
        }
    }
}
