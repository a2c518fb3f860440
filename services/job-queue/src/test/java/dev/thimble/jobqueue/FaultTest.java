package dev.thimble.jobqueue;

import static dev.thimble.jobqueue.QueueFixture.PROVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.thimble.model.BatchId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed, and a database that goes away. */
class FaultTest {
    private static final BatchId BATCH = BatchId.of(271, 1);

    @TempDir
    private static Path folder;

    @Test
    void aKilledWorkersJobIsDoneByAnother() throws Exception {
        try (QueueFixture fixture = new QueueFixture(QueueFixture.QUICK)) {
            fixture.submitProofs(271, 1, 1);
            DatabaseAddress address = fixture.database.address();
            Process child = ChildJvm.start("worker", address.jdbcUrl(), address.user(), address.password());
            ChildJvm.awaitReady(child);
            child.destroyForcibly().waitFor();
            finishBy(fixture, 1);
            assertThat(outcomes(fixture)).containsExactly("failed", "successful");
            assertThat(attempt(fixture, 0).errorCode()).isEqualTo("WORKER_LOST");
        }
    }

    @Test
    void aTerminatedWorkerGivesItsJobBack() throws Exception {
        try (QueueFixture fixture = new QueueFixture(QueueFixture.QUICK)) {
            fixture.submitProofs(271, 1, 1);
            DatabaseAddress address = fixture.database.address();
            Process child = ChildJvm.start("worker", address.jdbcUrl(), address.user(), address.password());
            ChildJvm.awaitReady(child);
            child.destroy();
            child.waitFor();
            assertThat(outcomes(fixture)).containsExactly("released");
            JobView job = fixture.status.jobs(JobView.Filter.ALL).getFirst();
            assertThat(job.failures()).isZero();
            finishBy(fixture, 1);
        }
    }

    private static void finishBy(QueueFixture fixture, int proofs) throws InterruptedException {
        try (JobWorker worker = new JobWorker(
                fixture.queue, QueueFixture.identity("rescuer"), Map.of(PROVE, QueueFixture::result), 2, event -> {})) {
            worker.start();
            JobWorkerTest.until(
                    () -> fixture.status.batch(BATCH).orElseThrow().proofs().successful() == proofs);
        }
    }

    private static List<String> outcomes(QueueFixture fixture) {
        JobView job = fixture.status.jobs(JobView.Filter.ALL).getFirst();
        return fixture.status.history(job.id()).stream()
                .map(JobView.Attempt::outcome)
                .toList();
    }

    private static JobView.Attempt attempt(QueueFixture fixture, int index) {
        JobView job = fixture.status.jobs(JobView.Filter.ALL).getFirst();
        return fixture.status.history(job.id()).get(index);
    }

    /** One server through three lives: killed with its process, taken over, restarted under a working queue. */
    @Test
    void theServerOutlivesItsProcessAndTheQueueOutlivesTheServer() throws Exception {
        int port = TemporaryPostgres.freePort();
        Process child = ChildJvm.start("server", folder.toString(), Integer.toString(port));
        ChildJvm.awaitReady(child);
        child.destroyForcibly().waitFor();
        EmbeddedPostgresServer server = EmbeddedPostgresServer.start(folder, port);
        DatabaseAddress address = server.database("kept");
        assertIsDurableAndClosed(address);
        try (QueueDatabase database = QueueDatabase.open(address, 6)) {
            assertThat(new QueueStatus(database).versions()).hasSize(1);
            try (QueueFixture fixture = new QueueFixture(database, QueueFixture.QUICK)) {
                fixture.submitProofs(271, 1, 200);
                server = workThroughARestart(fixture, server, port);
                assertThat(fixture.status.batch(BATCH).orElseThrow().proofs().successful())
                        .isEqualTo(200);
            }
        } finally {
            server.close();
        }
        assertThatExceptionOfType(SQLException.class).isThrownBy(() -> connect(address, address.password()));
    }

    private static EmbeddedPostgresServer workThroughARestart(
            QueueFixture fixture, EmbeddedPostgresServer server, int port) throws InterruptedException {
        JobFunction function = lease -> {
            Thread.sleep(20);
            return QueueFixture.result(lease);
        };
        try (JobWorker worker =
                new JobWorker(fixture.queue, QueueFixture.identity("w"), Map.of(PROVE, function), 4, event -> {})) {
            worker.start();
            JobWorkerTest.until(
                    () -> fixture.status.batch(BATCH).orElseThrow().proofs().successful() > 20);
            server.close();
            EmbeddedPostgresServer again = EmbeddedPostgresServer.start(folder, port);
            JobWorkerTest.until(
                    () -> fixture.status.batch(BATCH).orElseThrow().proofs().successful() == 200);
            return again;
        }
    }

    private static void assertIsDurableAndClosed(DatabaseAddress address) throws SQLException {
        try (var connection = connect(address, address.password());
                var statement = connection.createStatement()) {
            for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
                try (var row = statement.executeQuery("SHOW " + setting)) {
                    row.next();
                    assertThat(row.getString(1)).as(setting).isEqualTo("on");
                }
            }
        }
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> connect(address, "wrong"))
                .withMessageContaining("password");
        assertThat(address.toString()).doesNotContain(address.password());
    }

    private static Connection connect(DatabaseAddress address, String password) throws SQLException {
        return DriverManager.getConnection(address.jdbcUrl(), address.user(), password);
    }

    @Test
    void anUnreachableDatabaseIsOneClearLine() throws Exception {
        DatabaseAddress nowhere =
                new DatabaseAddress("jdbc:postgresql://localhost:" + TemporaryPostgres.freePort() + "/x", "u", "p");
        assertThatExceptionOfType(DatabaseUnavailable.class)
                .isThrownBy(() -> QueueDatabase.open(nowhere, 1))
                .withMessageContaining("is it running?");
    }
}
